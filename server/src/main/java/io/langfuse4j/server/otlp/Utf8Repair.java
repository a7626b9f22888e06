package io.langfuse4j.server.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Copies a message, replacing what is not UTF-8 in its strings by U+FFFD. Java's protobuf refuses
 * such a message whole; a prompt cut in the middle of a character should not cost its batch.
 */
final class Utf8Repair {
  private Utf8Repair() {}

  static byte[] repair(byte[] message, Descriptor type) throws IOException {
    return copy(ByteString.copyFrom(message), type, 0).toByteArray();
  }

  private static ByteString copy(ByteString message, Descriptor type, int depth)
      throws IOException {
    if (depth > ProtobufRequest.MAX_DEPTH) {
      throw new InvalidProtocolBufferException("nested too deeply");
    }
    CodedInputStream input = message.newCodedInput();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.size());
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      output.writeUInt32NoTag(tag);
      switch (WireFormat.getTagWireType(tag)) {
        case WireFormat.WIRETYPE_VARINT -> output.writeUInt64NoTag(input.readUInt64());
        case WireFormat.WIRETYPE_FIXED64 -> output.writeFixed64NoTag(input.readFixed64());
        case WireFormat.WIRETYPE_FIXED32 -> output.writeFixed32NoTag(input.readFixed32());
        case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
          FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
          output.writeBytesNoTag(repairField(input.readBytes(), field, depth));
        }
        default -> throw new InvalidProtocolBufferException("groups are not used by OTLP");
      }
    }
    output.flush();
    return ByteString.copyFrom(bytes.toByteArray());
  }

  private static ByteString repairField(
      ByteString value, @Nullable FieldDescriptor field, int depth) throws IOException {
    if (field == null) {
      return value;
    }
    return switch (field.getType()) {
      case STRING -> value.isValidUtf8() ? value : ByteString.copyFromUtf8(value.toStringUtf8());
      case MESSAGE -> copy(value, field.getMessageType(), depth + 1);
      default -> value;
    };
  }
}
