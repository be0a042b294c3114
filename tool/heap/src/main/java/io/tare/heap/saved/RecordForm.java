package io.tare.heap.saved;

import io.tare.heap.store.Packed;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Packs values of one type, and reads them again: records by their components, and what records are made of. */
@SuppressWarnings("EnumOrdinal") // read by the version that wrote it only
sealed interface RecordForm {
  void write(Object value, Packed.Out out);

  Object read(Packed.In in);

  /** Tells the type with all that it is made of: what was packed in another form can't be read. */
  String words();

  /** Throws {@code IllegalArgumentException} if values of the type can't be packed. */
  static RecordForm of(Type type) {
    return new Forms().of(type);
  }

  /** The forms of types that occur again, inside themselves as well. */
  final class Forms {
    private final Map<Type, Product> records = new LinkedHashMap<>();

    RecordForm of(Type type) {
      if (type instanceof ParameterizedType known) {
        return generic((Class<?>) known.getRawType(), known.getActualTypeArguments());
      }
      if (type instanceof Class<?> known && known.isRecord()) {
        return product(known);
      }
      if (type instanceof Class<?> known && known.isSealed()) {
        List<Class<?>> permitted = List.of(known.getPermittedSubclasses());
        return new Sum(permitted, permitted.stream().map(this::of).toList());
      }
      return new Plain((Class<?>) type);
    }

    private RecordForm generic(Class<?> type, Type[] of) {
      if (type == List.class) {
        return new Many(of(of[0]));
      }
      if (type == Optional.class) {
        return new Maybe(of(of[0]));
      }
      throw new IllegalArgumentException("values of " + type + " can't be kept");
    }

    private Product product(Class<?> type) {
      Product known = records.get(type);
      if (known != null) {
        return new Product(known.name, known.constructor, known.accessors, known.parts, true);
      }
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types = new Class<?>[components.length];
      List<Method> accessors = new ArrayList<>();
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        accessors.add(components[i].getAccessor());
      }
      try {
        List<RecordForm> parts = new ArrayList<>();
        Product made = new Product(type.getName(), type.getDeclaredConstructor(types), accessors, parts, false);
        records.put(type, made);
        for (RecordComponent component : components) {
          parts.add(of(component.getGenericType()));
        }
        return made;
      } catch (NoSuchMethodException impossible) {
        throw new IllegalArgumentException("a record without its constructor: " + type, impossible);
      }
    }
  }

  /** A number, a text, a constant. */
  record Plain(Class<?> type) implements RecordForm {
    @Override
    public void write(Object value, Packed.Out out) {
      switch (value) {
        case Long number -> out.i8(number);
        case Integer number -> out.i4(number);
        case Boolean flag -> out.i1(flag ? 1 : 0);
        case Double number -> out.i8(Double.doubleToRawLongBits(number));
        case String text -> out.text(text);
        case Enum<?> constant -> out.i4(constant.ordinal());
        case Instant instant -> {
          out.i8(instant.getEpochSecond());
          out.i4(instant.getNano());
        }
        case OptionalLong number -> {
          out.i1(number.isPresent() ? 1 : 0);
          out.i8(number.orElse(0));
        }
        case OptionalInt number -> {
          out.i1(number.isPresent() ? 1 : 0);
          out.i4(number.orElse(0));
        }
        case OptionalDouble number -> {
          out.i1(number.isPresent() ? 1 : 0);
          out.i8(Double.doubleToRawLongBits(number.orElse(0)));
        }
        default -> throw new IllegalArgumentException("values of " + type + " can't be kept");
      }
    }

    @Override
    public Object read(Packed.In in) {
      if (type.isEnum()) {
        return type.getEnumConstants()[in.i4()];
      }
      return switch (type.getSimpleName()) {
        case "long", "Long" -> in.i8();
        case "int", "Integer" -> in.i4();
        case "boolean", "Boolean" -> in.i1() != 0;
        case "double", "Double" -> Double.longBitsToDouble(in.i8());
        case "String" -> in.text();
        case "Instant" -> Instant.ofEpochSecond(in.i8(), in.i4());
        case "OptionalLong" -> {
          boolean is = in.i1() != 0;
          long number = in.i8();
          yield is ? OptionalLong.of(number) : OptionalLong.empty();
        }
        case "OptionalInt" -> {
          boolean is = in.i1() != 0;
          int number = in.i4();
          yield is ? OptionalInt.of(number) : OptionalInt.empty();
        }
        case "OptionalDouble" -> {
          boolean is = in.i1() != 0;
          double number = Double.longBitsToDouble(in.i8());
          yield is ? OptionalDouble.of(number) : OptionalDouble.empty();
        }
        default -> throw new IllegalArgumentException("values of " + type + " can't be kept");
      };
    }

    @Override
    public String words() {
      return type.isEnum() ? type.getName() + List.of(type.getEnumConstants()) : type.getSimpleName();
    }
  }

  /** A list. */
  record Many(RecordForm of) implements RecordForm {
    @Override
    public void write(Object value, Packed.Out out) {
      List<?> list = (List<?>) value;
      out.i4(list.size());
      list.forEach(element -> of.write(element, out));
    }

    @Override
    public Object read(Packed.In in) {
      List<Object> list = new ArrayList<>();
      for (int left = in.i4(); left > 0; left--) {
        list.add(of.read(in));
      }
      return list;
    }

    @Override
    public String words() {
      return "[" + of.words() + "]";
    }
  }

  /** An optional value. */
  record Maybe(RecordForm of) implements RecordForm {
    @Override
    public void write(Object value, Packed.Out out) {
      Optional<?> maybe = (Optional<?>) value;
      out.i1(maybe.isPresent() ? 1 : 0);
      maybe.ifPresent(known -> of.write(known, out));
    }

    @Override
    public Object read(Packed.In in) {
      return in.i1() == 0 ? Optional.empty() : Optional.of(of.read(in));
    }

    @Override
    public String words() {
      return of.words() + "?";
    }
  }

  /** One of several. */
  record Sum(List<Class<?>> types, List<RecordForm> forms) implements RecordForm {
    @Override
    public void write(Object value, Packed.Out out) {
      int which = types.indexOf(value.getClass());
      out.i4(which);
      forms.get(which).write(value, out);
    }

    @Override
    public Object read(Packed.In in) {
      return forms.get(in.i4()).read(in);
    }

    @Override
    public String words() {
      return forms.stream().map(RecordForm::words).toList().toString();
    }
  }

  /** A record; {@code isTold} where its parts were told before. */
  record Product(String name, Constructor<?> constructor, List<Method> accessors, List<RecordForm> parts,
      boolean isTold) implements RecordForm {
    @Override
    public void write(Object value, Packed.Out out) {
      try {
        for (int i = 0; i < accessors.size(); i++) {
          parts.get(i).write(accessors.get(i).invoke(value), out);
        }
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public Object read(Packed.In in) {
      Object[] values = new Object[accessors.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = parts.get(i).read(in);
      }
      try {
        return constructor.newInstance(values);
      } catch (ReflectiveOperationException refused) {
        throw new IllegalArgumentException("no such " + name, refused);
      }
    }

    @Override
    public String words() {
      StringBuilder words = new StringBuilder(name);
      for (int i = 0; !isTold && i < parts.size(); i++) {
        words.append(i == 0 ? "(" : ", ").append(accessors.get(i).getName()).append(' ').append(parts.get(i).words());
      }
      return words.append(isTold ? "" : ")").toString();
    }
  }
}
