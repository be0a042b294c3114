// A service with many kinds of allocations: some kept, some dropped, in inlined and in deep calls, and goroutines that wait for this and that.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

type order struct {
	Name  string
	Lines []string
	Price map[string]float64
}

var (
	orders  []*order
	cache   = map[string][]byte{}
	buffers []*bytes.Buffer
	trees   []*tree
	lock    sync.Mutex
)

type tree struct {
	left, right *tree
	payload     [64]byte
}

func deep(depth int) *tree {
	if depth == 0 {
		return nil
	}
	return &tree{left: deep(depth - 1), right: deep(depth - 1)}
}

func newOrder(i int) *order {
	made := &order{Name: fmt.Sprintf("order %d", i), Price: map[string]float64{}}
	for k := 0; k < 5; k++ {
		made.Lines = append(made.Lines, strings.Repeat("line ", 20))
		made.Price[fmt.Sprint(k)] = float64(k)
	}
	return made
}

func keepPages(i int)     { cache[fmt.Sprint("page", i)] = make([]byte, 1500+i%500) }
func large(mb int) []byte { return make([]byte, mb<<20) }
func encode(o *order) int { text, _ := json.Marshal(o); return len(text) }
func decode(text string)  { var o order; _ = json.Unmarshal([]byte(text), &o) }
func buffer(i int) {
	b := &bytes.Buffer{}
	b.WriteString(strings.Repeat("x", 4000+i))
	buffers = append(buffers, b)
}
func joined(i int) string {
	return strings.Join([]string{fmt.Sprint(i), strings.Repeat("y", 300)}, "-")
}
func generic[T any](n int) []T { return make([]T, n) }

var names []string
var numbers [][]int64
var big [][]byte

func main() {
	for i := 0; i < 40000; i++ {
		orders = append(orders, newOrder(i))
		if i%2 == 0 {
			keepPages(i)
		}
		if i%20 == 0 {
			buffer(i % 100)
		}
		names = append(names, joined(i))
		encode(orders[i])
		decode(`{"Name":"x","Lines":["a","b"],"Price":{"a":1}}`)
		if i%10 == 0 {
			numbers = append(numbers, generic[int64](1000))
		}
	}
	trees = append(trees, deep(15))
	big = append(big, large(7), large(3))
	orders = orders[:20000]
	for i := 0; i < 60; i++ {
		go func() { lock.Lock() }()
	}
	for i := 0; i < 40; i++ {
		go func() { select {} }()
	}
	for i := 0; i < 30; i++ {
		go func() { <-time.After(time.Hour) }()
	}
	for i := 0; i < 3; i++ {
		runtime.GC()
	}
	time.Sleep(200 * time.Millisecond)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println("http://" + listener.Addr().String())
	os.Stdout.Sync()
	panic(http.Serve(listener, nil))
}
