package io.langfuse4j.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that hold what they stand for, sealed with a key that every server derives from the same
 * secret. Nothing is kept, so {@link #close} only relies on the browser to forget. Thread-safe.
 */
final class SealedSignIns implements SignIns {
  private static final String PURPOSE = "langfuse4j sign-in 1";
  private static final String HMAC = "HmacSHA256";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int LONGEST_TOKEN = 4_096;

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final SecretKeySpec key;

  SealedSignIns(Clock clock, String secret) {
    this.clock = clock;
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      this.key = new SecretKeySpec(mac.doFinal(PURPOSE.getBytes(StandardCharsets.UTF_8)), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String open(String authorization) {
    byte[] header = authorization.getBytes(StandardCharsets.UTF_8);
    byte[] content =
        ByteBuffer.allocate(Long.BYTES + header.length)
            .putLong(clock.instant().plus(KEPT).toEpochMilli())
            .put(header)
            .array();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(content);
      byte[] token =
          ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close(String token) {}

  @Override
  public @Nullable String authorization(@Nullable String token) {
    if (token == null || token.length() > LONGEST_TOKEN) {
      return null;
    }
    try {
      ByteBuffer given = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
      if (given.remaining() < NONCE_BYTES) {
        return null;
      }
      byte[] nonce = new byte[NONCE_BYTES];
      given.get(nonce);
      byte[] sealed = new byte[given.remaining()];
      given.get(sealed);
      ByteBuffer content = ByteBuffer.wrap(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(sealed));
      boolean over = clock.millis() > content.getLong();
      return over ? null : StandardCharsets.UTF_8.decode(content).toString();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Not one of ours.
      return null;
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
