// A heap after a peak, of which a part is alive ("drop"), or one that makes garbage beside what is alive ("churn").
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
)

const block = 16 << 10

var sink []byte

func touched() []byte {
	b := make([]byte, block)
	for i := 0; i < block; i += 512 {
		b[i] = 7
	}
	return b
}

func main() {
	size, _ := strconv.Atoi(os.Args[1])
	var keep [][]byte
	if os.Args[2] == "churn" {
		for i := 0; i < size/2/block; i++ {
			keep = append(keep, touched())
		}
		for i := 0; i < 10*size/block; i++ {
			sink = touched()
		}
	} else {
		for i := 0; i < size/block; i++ {
			keep = append(keep, touched())
		}
		keep = keep[:len(keep)/4:len(keep)/4]
		keep = append([][]byte{}, keep...)
		for i := 0; i < 4*size/block; i++ {
			sink = touched()
		}
	}
	if os.Getenv("REMEDY") == "go.free" {
		debug.FreeOSMemory()
	}
	fmt.Println(`{"ready":true}`)
	ignored := make([]byte, 64)
	for {
		if _, err := os.Stdin.Read(ignored); err != nil {
			runtime.KeepAlive(keep)
			return
		}
	}
}
