// A Go heap of which one half is in use and one half idle, and two thousand goroutines with grown stacks.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"time"
)

const (
	block      = 1 << 20
	megabyte   = 1 << 20
	goroutines = 2000
	depth      = 20
)

// Under which the corpus knows the program.
var name = "go-heap"

type line struct {
	Fault    string            `json:"fault"`
	Pid      int               `json:"pid"`
	RssBytes int64             `json:"rssBytes"`
	Truth    map[string]uint64 `json:"truth"`
	AtLeast  map[string]uint64 `json:"atLeast"`
	AtMost   map[string]uint64 `json:"atMost"`
	Notes    []string          `json:"notes"`
	Go       string            `json:"go"`
	MemStats map[string]uint64 `json:"memstats"`
	Ready    bool              `json:"ready"`
}

func argument(index int, otherwise int64) int64 {
	if len(os.Args) > index {
		if value, err := strconv.ParseInt(os.Args[index], 10, 64); err == nil {
			return value
		}
	}
	return otherwise
}

func touched() []byte {
	b := make([]byte, block)
	for i := range b {
		b[i] = 7
	}
	return b
}

//go:noinline
func descend(n int, down *sync.WaitGroup, end chan struct{}) byte {
	var frame [256]byte
	frame[n%256] = byte(n)
	if n == 0 {
		down.Done()
		<-end
		return frame[0]
	}
	return frame[n%256] + descend(n-1, down, end)
}

func residentBytes() int64 {
	var size, pages int64
	statm, err := os.Open("/proc/self/statm")
	if err != nil {
		return 0
	}
	defer statm.Close()
	fmt.Fscan(statm, &size, &pages)
	return pages * int64(os.Getpagesize())
}

func less(bytes, taken uint64) uint64 {
	if bytes < taken {
		return 0
	}
	return bytes - taken
}

func main() {
	size := argument(1, 64<<20)
	seconds := argument(2, 600)
	// The scavenger would give idle spans back while somebody looks; a collection would make more of them idle.
	debug.SetGCPercent(-1)
	var keep [][]byte
	for i := int64(0); i < size/block; i++ {
		keep = append(keep, touched())
	}
	for i := range keep {
		if i >= len(keep)/2 {
			keep[i] = nil
		}
	}
	end := make(chan struct{})
	var down sync.WaitGroup
	down.Add(goroutines)
	for i := 0; i < goroutines; i++ {
		go descend(depth, &down, end)
	}
	down.Wait()
	runtime.GC()
	residentBytes()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	json.NewEncoder(os.Stdout).Encode(line{
		Fault: name, Pid: os.Getpid(), RssBytes: residentBytes(),
		Truth: map[string]uint64{
			"go.heap":   m.HeapInuse,
			"go.stacks": m.StackInuse,
		},
		// Each span in use is described, and that description was written. The scavenger goes on giving idle pages back: a megabyte at most
		// until somebody looks.
		AtLeast: map[string]uint64{
			"go.runtime":                m.MSpanInuse,
			"go.idle":                   less(m.HeapIdle-m.HeapReleased, megabyte),
			"go.heap+go.idle+go.stacks": less(m.HeapSys+m.StackInuse-m.HeapReleased, megabyte),
		},
		AtMost: map[string]uint64{
			"go.runtime":                m.MSpanSys + m.MCacheSys + m.BuckHashSys + m.GCSys + m.OtherSys,
			"go.idle":                   m.HeapIdle - m.HeapReleased,
			"go.heap+go.idle+go.stacks": m.HeapSys + m.StackInuse - m.HeapReleased,
		},
		Notes: []string{fmt.Sprintf("%s, %d released", runtime.Version(), m.HeapReleased)},
		Go:    runtime.Version(),
		MemStats: map[string]uint64{"HeapInuse": m.HeapInuse, "HeapIdle": m.HeapIdle, "HeapReleased": m.HeapReleased,
			"StackInuse": m.StackInuse, "MSpanSys": m.MSpanSys, "MCacheSys": m.MCacheSys, "BuckHashSys": m.BuckHashSys,
			"GCSys": m.GCSys, "OtherSys": m.OtherSys},
		Ready: true,
	})
	go func() {
		time.Sleep(time.Duration(seconds) * time.Second)
		os.Exit(0)
	}()
	ignored := make([]byte, 64)
	for {
		if _, err := os.Stdin.Read(ignored); err != nil {
			runtime.KeepAlive(keep)
			return
		}
	}
}
