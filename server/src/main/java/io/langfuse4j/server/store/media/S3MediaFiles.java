package io.langfuse4j.server.store.media;

import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.store.MediaFiles;
import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.StoreBusyException;
import io.langfuse4j.server.store.StoreException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Files in a bucket of S3-compatible storage, each under its hash. Any number of servers may share
 * the bucket. Thread-safe.
 */
public final class S3MediaFiles implements MediaFiles {
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
  private static final Duration READ_PATIENCE = Duration.ofSeconds(30);
  private static final Duration CALL_PATIENCE = Duration.ofMinutes(2);

  /** How slowly a large file may go on its way to the storage. */
  private static final long SLOWEST_BYTES_PER_SECOND = 1 << 20;

  private static final String DENIED = "AccessDenied";
  private static final int MOST_AT_ONCE = 8;
  private static final int MOST_WAITING = 200;

  private final S3MediaSettings settings;
  private final S3Client client;
  private final Path drafts;
  private final ThreadPoolExecutor threads = threads();

  private S3MediaFiles(S3MediaSettings settings, S3Client client, Path drafts) {
    this.settings = settings;
    this.client = client;
    this.drafts = drafts;
    Drafts.clear(drafts);
  }

  /** A storage that does not answer holds these threads and no others. */
  private static ThreadPoolExecutor threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MOST_AT_ONCE,
            MOST_AT_ONCE,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, "langfuse4j-media");
              thread.setDaemon(true);
              return thread;
            },
            (task, pool) -> {
              throw new StoreBusyException("Too many files are on their way to the storage");
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /**
   * Connects when the first file comes or goes.
   *
   * @param drafts a folder of this server's for files that are on their way
   */
  public static S3MediaFiles of(S3MediaSettings settings, Path drafts) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(settings.keys()))
            .forcePathStyle(settings.pathStyle())
            // Trailing checksums, the default, are not understood by all that speak S3.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(override -> override.apiCallTimeout(CALL_PATIENCE))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_PATIENCE)
                    .socketTimeout(READ_PATIENCE));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    return new S3MediaFiles(settings, builder.build(), drafts);
  }

  private static AwsCredentialsProvider credentials(S3MediaSettings.@Nullable Keys keys) {
    return keys == null
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(AwsBasicCredentials.create(keys.id(), keys.secret()));
  }

  @Override
  public Path drafts() {
    return drafts;
  }

  /** The storage is told the hash too, and refuses what arrives there otherwise. */
  @Override
  public void keep(Media media, Draft draft) {
    Announced.check(media, draft);
    Duration patience = CALL_PATIENCE.plusSeconds(media.contentLength() / SLOWEST_BYTES_PER_SECOND);
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(settings.bucket())
            .key(key(media))
            .contentType(media.contentType())
            .checksumSHA256(
                Base64.getEncoder().encodeToString(HexFormat.of().parseHex(media.sha256())))
            .overrideConfiguration(override -> override.apiCallTimeout(patience))
            .build();
    call(() -> client.putObject(request, RequestBody.fromFile(draft.path())));
  }

  @Override
  public InputStream read(Media media, long from, long length) {
    ResponseInputStream<GetObjectResponse> bytes =
        call(
            () ->
                client.getObject(
                    get ->
                        get.bucket(settings.bucket())
                            .key(key(media))
                            .range("bytes=" + from + "-" + (from + length - 1))));
    Long given = bytes.response().contentLength();
    if (given != null && given != length) {
      bytes.abort();
      throw new StoreException(settings.place() + " gave " + given + " of " + length + " bytes");
    }
    return new Abandoned(bytes);
  }

  /** Closed before its end, a connection is of no more use: nobody reads the rest of a gigabyte. */
  private static final class Abandoned extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> bytes;

    Abandoned(ResponseInputStream<GetObjectResponse> bytes) {
      super(bytes);
      this.bytes = bytes;
    }

    @Override
    public void close() {
      bytes.abort();
    }
  }

  @Override
  public void delete(Media media, Instant keptBefore) {
    HeadObjectRequest head =
        HeadObjectRequest.builder().bucket(settings.bucket()).key(key(media)).build();
    try {
      if (call(() -> client.headObject(head)).lastModified().isBefore(keptBefore)) {
        call(() -> client.deleteObject(delete -> delete.bucket(settings.bucket()).key(key(media))));
      }
    } catch (RefusedException e) {
      // It is not there.
    }
  }

  /**
   * Looks for a key that nothing is kept under. Where keys may not be listed, storage denies that
   * rather than say that it is not there: it answers, at least.
   */
  @Override
  public void reach() {
    try (var none =
        client.getObject(get -> get.bucket(settings.bucket()).key(settings.prefix() + "ready"))) {
      none.abort();
    } catch (NoSuchKeyException e) {
      // As expected.
    } catch (S3Exception e) {
      if (e.awsErrorDetails() == null || !DENIED.equals(e.awsErrorDetails().errorCode())) {
        throw new StoreException(refusal(e), e);
      }
    } catch (SdkException | IOException e) {
      throw new StoreException(settings.place() + " does not answer", e);
    }
  }

  private <T> T call(Supplier<T> request) {
    try {
      return request.get();
    } catch (NoSuchKeyException e) {
      throw Announced.gone();
    } catch (S3Exception e) {
      throw e.statusCode() == 404
          ? new StoreException(settings.place() + " does not exist: is --media-s3-bucket right?", e)
          : new StoreException(refusal(e), e);
    } catch (SdkException e) {
      throw new StoreException(settings.place() + " does not answer", e);
    }
  }

  private String refusal(S3Exception e) {
    String code = e.awsErrorDetails() == null ? "" : ", " + e.awsErrorDetails().errorCode();
    return settings.place() + " refused a request (" + e.statusCode() + code + ")";
  }

  /** As in the folder, so that its files can be copied here as they are. */
  private String key(Media media) {
    return settings.prefix() + Announced.path(media);
  }

  @Override
  public Executor executor() {
    return threads;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.close();
  }
}
