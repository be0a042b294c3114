// Allocates at known places, then says what its own profile says, and waits.
package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"sync"
	"time"
)

var kept [][]byte
var nodes []*node

type node struct {
	next *node
	text [56]byte
}

func large() {
	for i := 0; i < 40; i++ {
		kept = append(kept, make([]byte, 300<<10))
	}
}

func inner(n int) []byte { return make([]byte, n) }

func inlined() {
	for i := 0; i < 3000; i++ {
		kept = append(kept, inner(4096))
	}
}

//go:noinline
func small() {
	for i := 0; i < 200000; i++ {
		nodes = append(nodes, new(node))
	}
}

//go:noinline
func garbage() {
	sum := 0
	for i := 0; i < 20000; i++ {
		b := make([]byte, 2000+i%100)
		sum += len(fmt.Sprint(b[:3]))
	}
	fmt.Println("garbage", sum)
}

func waits(c chan int, w *sync.WaitGroup) { w.Done(); <-c }
func sleeps(w *sync.WaitGroup)            { w.Done(); time.Sleep(time.Hour) }
func locks(m *sync.Mutex, w *sync.WaitGroup) {
	w.Done()
	m.Lock()
}

func main() {
	large()
	inlined()
	small()
	garbage()
	c := make(chan int)
	var w sync.WaitGroup
	var m sync.Mutex
	m.Lock()
	w.Add(100)
	for i := 0; i < 50; i++ {
		go waits(c, &w)
	}
	for i := 0; i < 30; i++ {
		go sleeps(&w)
	}
	for i := 0; i < 20; i++ {
		go locks(&m, &w)
	}
	w.Wait()
	time.Sleep(200 * time.Millisecond)
	if len(os.Args) > 1 {
		runtime.GC()
		runtime.GC()
		var b bytes.Buffer
		pprof.Lookup("heap").WriteTo(&b, 0)
		os.WriteFile(os.Args[1], b.Bytes(), 0600)
	}
	fmt.Printf("truth goroutines=%d\n", runtime.NumGoroutine())
	fmt.Println("ready")
	time.Sleep(time.Hour)
	runtime.KeepAlive(kept)
	runtime.KeepAlive(nodes)
}
