package dev.keizoku.storage.parquet;

import dev.keizoku.contract.bytes.Varint;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A struct in Thrift's compact protocol, written field by field in the order of their ids.
 *
 * <p>Source: apache/thrift doc/specs/thrift-compact-protocol.md.
 */
final class ThriftStruct {
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int lastId;

  ThriftStruct i32(int id, int value) {
    header(id, I32);
    varint(zigzag(value));
    return this;
  }

  ThriftStruct i64(int id, long value) {
    header(id, I64);
    varint(zigzag(value));
    return this;
  }

  ThriftStruct string(int id, String value) {
    header(id, BINARY);
    binary(value);
    return this;
  }

  ThriftStruct struct(int id, ThriftStruct value) {
    header(id, STRUCT);
    out.writeBytes(value.bytes());
    return this;
  }

  ThriftStruct structs(int id, List<ThriftStruct> values) {
    list(id, STRUCT, values.size());
    values.forEach(value -> out.writeBytes(value.bytes()));
    return this;
  }

  ThriftStruct i32s(int id, int... values) {
    list(id, I32, values.length);
    for (int value : values) {
      varint(zigzag(value));
    }
    return this;
  }

  ThriftStruct strings(int id, String... values) {
    list(id, BINARY, values.length);
    for (var value : values) {
      binary(value);
    }
    return this;
  }

  /** The struct with its stop byte. */
  byte[] bytes() {
    var all = new ByteArrayOutputStream();
    all.writeBytes(out.toByteArray());
    all.write(0);
    return all.toByteArray();
  }

  private void header(int id, int type) {
    if (id <= lastId || id - lastId > 15) {
      throw new IllegalArgumentException("field " + id + " after " + lastId);
    }
    out.write((id - lastId) << 4 | type);
    lastId = id;
  }

  private void list(int id, int elementType, int size) {
    header(id, LIST);
    if (size < 15) {
      out.write(size << 4 | elementType);
    } else {
      out.write(0xf0 | elementType);
      varint(size);
    }
  }

  private void binary(String value) {
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    varint(bytes.length);
    out.writeBytes(bytes);
  }

  private static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  private void varint(long value) {
    Varint.write(out, value);
  }
}
