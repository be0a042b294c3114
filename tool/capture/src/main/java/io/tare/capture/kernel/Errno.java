package io.tare.capture.kernel;

/** Error numbers of Linux that this package tells apart; the same on all its 64-bit architectures. */
final class Errno {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int ESRCH = 3;
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int EBUSY = 16;
  static final int EEXIST = 17;
  static final int EXDEV = 18;
  static final int ENOTDIR = 20;
  static final int EINVAL = 22;
  static final int ENOTTY = 25;
  static final int EROFS = 30;
  static final int ENOSYS = 38;
  static final int ENOTEMPTY = 39;
  static final int ELOOP = 40;
  static final int ECONNREFUSED = 111;

  private Errno() {}

  static String words(int errno) {
    return switch (errno) {
      case EPERM, EACCES -> "permission denied";
      case ENOENT, ENOTDIR -> "no such file";
      case ESRCH -> "no such process";
      case EAGAIN -> "it is taken just now";
      case EBUSY -> "it is in use";
      case EEXIST -> "it is there already";
      case EXDEV, ELOOP -> "a link is in the way";
      case EINVAL -> "invalid argument";
      case ENOTTY, ENOSYS -> "this kernel does not know it";
      case EROFS -> "the file system is read-only";
      case ENOTEMPTY -> "the folder is not empty";
      case ECONNREFUSED -> "nobody listens there";
      default -> "error " + errno;
    };
  }
}
