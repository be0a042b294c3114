/** A program that holds what it needs and waits. */
class Steady {
  static final byte[][] HELD = new byte[20][1 << 20];

  public static void main(String[] words) throws InterruptedException {
    System.out.println("ready, " + HELD.length + " blocks");
    Thread.sleep(600_000);
  }
}
