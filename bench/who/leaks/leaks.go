// A service that answers requests, and forgets to let go of one thing: leaks session|buffer|goroutine
package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"strings"
	"time"
)

type session struct {
	user string
	cart []byte
}

var (
	sessions = map[int]*session{}
	logs     []*bytes.Buffer
	churn    [10000]map[string][]byte
	ballast  [][]byte
)

func openSession(i int) { sessions[i] = &session{fmt.Sprint("user ", i), make([]byte, 3000)} }

func appendLog(i int) {
	b := &bytes.Buffer{}
	b.WriteString(strings.Repeat("x", 3000))
	logs = append(logs, b)
}

func waitForAnswer(answer chan int) { fmt.Println(<-answer) }

func answer(i int) {
	churn[i%len(churn)] = map[string][]byte{fmt.Sprint(i): make([]byte, 300+i%200)}
}

func load() {
	for i := 0; i < 10000; i++ {
		ballast = append(ballast, make([]byte, 3000))
	}
}

func main() {
	load()
	if len(os.Args) > 2 {
		// Never so: but a program that could write its profile keeps one.
		_ = pprof.WriteHeapProfile(os.Stdout)
	}
	go func() {
		for {
			runtime.GC()
			time.Sleep(time.Second)
		}
	}()
	for i := 0; ; i++ {
		for k := 0; k < 50; k++ {
			answer(i*50 + k)
		}
		switch os.Args[1] {
		case "session":
			openSession(i)
		case "buffer":
			appendLog(i)
		default:
			if i%20 == 0 {
				go waitForAnswer(make(chan int))
			}
		}
		time.Sleep(3 * time.Millisecond)
	}
}
