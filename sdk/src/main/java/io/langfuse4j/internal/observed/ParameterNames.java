package io.langfuse4j.internal.observed;

import io.langfuse4j.internal.Warnings;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The names of a method's parameters: as the compiler noted them with {@code -parameters}, else as
 * the debug information has them, else {@code arg0}, {@code arg1}.
 */
final class ParameterNames {

  private static final Warnings warnings = new Warnings(Logger.getLogger("io.langfuse4j"));

  private ParameterNames() {}

  static String[] of(Method method) {
    Parameter[] parameters = method.getParameters();
    String[] names = new String[parameters.length];
    boolean noted = true;
    for (int i = 0; i < names.length; i++) {
      names[i] = parameters[i].getName();
      noted &= parameters[i].isNamePresent();
    }
    if (noted || fromDebugInformation(method, names)) {
      return names;
    }
    warnings.once(
        "names",
        "The parameters of "
            + MethodObserver.label(method)
            + " are recorded as arg0, arg1: compile with -parameters, or name them with"
            + " @Observe.Parameter. Said once, it may hold for other methods too.");
    return names;
  }

  private static boolean fromDebugInformation(Method method, String[] names) {
    Class<?> type = method.getDeclaringClass();
    String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      return in != null && new ClassFile(in).readNames(method, names);
    } catch (IOException | RuntimeException unreadable) {
      return false;
    }
  }

  /** As much of a class file as it takes to find the local variables of one method. */
  private static final class ClassFile {

    private static final int UTF8 = 1;

    private final DataInputStream in;
    private final @Nullable String[] texts;

    ClassFile(InputStream stream) throws IOException {
      in = new DataInputStream(new BufferedInputStream(stream));
      in.skipNBytes(8);
      texts = new @Nullable String[in.readUnsignedShort()];
      for (int i = 1; i < texts.length; i++) {
        int tag = in.readUnsignedByte();
        if (tag == UTF8) {
          texts[i] = in.readUTF();
        } else {
          in.skipNBytes(sizeOf(tag));
        }
        if (tag == 5 || tag == 6) {
          i++; // long and double take two places
        }
      }
      in.skipNBytes(6);
      in.skipNBytes(2L * in.readUnsignedShort());
    }

    private static int sizeOf(int tag) {
      return switch (tag) {
        case 7, 8, 16, 19, 20 -> 2;
        case 15 -> 3;
        case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
        case 5, 6 -> 8;
        default -> throw new IllegalStateException("constant " + tag);
      };
    }

    boolean readNames(Method method, String[] names) throws IOException {
      int fields = in.readUnsignedShort();
      for (int i = 0; i < fields; i++) {
        in.skipNBytes(6);
        skipAttributes();
      }
      String descriptor =
          MethodType.methodType(method.getReturnType(), method.getParameterTypes())
              .toMethodDescriptorString();
      int methods = in.readUnsignedShort();
      for (int i = 0; i < methods; i++) {
        in.skipNBytes(2);
        boolean named = method.getName().equals(texts[in.readUnsignedShort()]);
        if (descriptor.equals(texts[in.readUnsignedShort()]) && named) {
          return readVariables(method, names);
        }
        skipAttributes();
      }
      return false;
    }

    private void skipAttributes() throws IOException {
      int attributes = in.readUnsignedShort();
      for (int i = 0; i < attributes; i++) {
        in.skipNBytes(2);
        in.skipNBytes(in.readInt());
      }
    }

    private boolean readVariables(Method method, String[] names) throws IOException {
      if (!skipTo("Code")) {
        return false;
      }
      in.skipNBytes(4);
      in.skipNBytes(in.readInt());
      in.skipNBytes(8L * in.readUnsignedShort());
      if (!skipTo("LocalVariableTable")) {
        return false;
      }
      int[] slots = slots(method);
      int found = 0;
      int variables = in.readUnsignedShort();
      for (int i = 0; i < variables; i++) {
        int start = in.readUnsignedShort();
        in.skipNBytes(2);
        String name = texts[in.readUnsignedShort()];
        in.skipNBytes(2);
        int slot = in.readUnsignedShort();
        for (int parameter = 0; parameter < slots.length; parameter++) {
          if (start == 0 && slots[parameter] == slot && name != null) {
            names[parameter] = name;
            found++;
          }
        }
      }
      return found == names.length;
    }

    /** Positions the stream at the content of the attribute of that name. */
    private boolean skipTo(String attribute) throws IOException {
      int attributes = in.readUnsignedShort();
      for (int i = 0; i < attributes; i++) {
        boolean found = attribute.equals(texts[in.readUnsignedShort()]);
        int length = in.readInt();
        if (found) {
          return true;
        }
        in.skipNBytes(length);
      }
      return false;
    }

    private static int[] slots(Method method) {
      Class<?>[] types = method.getParameterTypes();
      int[] slots = new int[types.length];
      int slot = Modifier.isStatic(method.getModifiers()) ? 0 : 1;
      for (int i = 0; i < types.length; i++) {
        slots[i] = slot;
        slot += types[i] == long.class || types[i] == double.class ? 2 : 1;
      }
      return slots;
    }
  }
}
