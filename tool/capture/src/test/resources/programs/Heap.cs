using System;
using System.Collections.Generic;
using System.Threading;

// Small and large arrays, of which some die and are freed in place; prints what the collector counts.
static class Heap
{
    static readonly List<byte[]> small = new List<byte[]>();
    static readonly List<byte[]> large = new List<byte[]>();

    static void Main()
    {
        for (int i = 0; i < 40000; i++) small.Add(new byte[500 + i % 1000]);
        for (int i = 0; i < 24; i++)
        {
            byte[] block = new byte[1 << 20];
            for (int j = 0; j < block.Length; j += 512) block[j] = 1;
            large.Add(block);
        }
        GC.Collect();
        GC.Collect();
        for (int i = 0; i < small.Count; i += 2) small[i] = null;
        for (int i = 0; i < large.Count; i += 3) large[i] = null;
        GC.Collect(2, GCCollectionMode.Forced, true, false);
        long used = GC.GetTotalMemory(false);
        Console.WriteLine("truth used=" + used);
        Console.WriteLine("ready");
        Thread.Sleep(Timeout.Infinite);
        GC.KeepAlive(small);
    }
}
