// Fills a heap, frees half of it, and tells what the runtime says of itself.
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"time"
)

var keep [][]byte

func main() {
	debug.SetGCPercent(-1)
	for i := 0; i < 60; i++ {
		block := make([]byte, 1<<20)
		for j := range block {
			block[j] = 1
		}
		keep = append(keep, block)
	}
	for i := 0; i < 30; i++ {
		keep[i] = nil
	}
	table := map[int]string{}
	for i := 0; i < 20000; i++ {
		table[i] = fmt.Sprint(i)
	}
	for i := 0; i < 500; i++ {
		go func() { time.Sleep(time.Hour) }()
	}
	end := make(chan bool)
	for i := 0; i < 200; i++ {
		go func() { <-end }()
	}
	time.Sleep(50 * time.Millisecond)
	close(end)
	runtime.GC()
	if len(os.Args) > 1 {
		debug.FreeOSMemory()
	}
	time.Sleep(200 * time.Millisecond)
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	for key, value := range map[string]uint64{"heapInuse": s.HeapInuse, "heapIdle": s.HeapIdle,
		"heapReleased": s.HeapReleased, "stackInuse": s.StackInuse, "heapSys": s.HeapSys, "mspanSys": s.MSpanSys,
		"mcacheSys": s.MCacheSys, "buckHashSys": s.BuckHashSys, "gcSys": s.GCSys, "otherSys": s.OtherSys,
		"numGC": uint64(s.NumGC), "pauseTotal": s.PauseTotalNs, "goroutines": uint64(runtime.NumGoroutine())} {
		fmt.Printf("truth %s=%d\n", key, value)
	}
	fmt.Println("ready")
	time.Sleep(time.Hour)
	fmt.Println(len(table), len(keep))
}
