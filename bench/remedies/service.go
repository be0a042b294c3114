// A service over HTTP with a cache of answers, asked by clients of its own until so many requests are done: BYTES REQUESTS.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

type item struct {
	ID    int
	Name  string
	Tags  []string
	Price float64
}

type cache struct {
	sync.Mutex
	answers map[int][]byte
	order   []int
	held    int
	most    int
}

func (c *cache) answer(id int) []byte {
	c.Lock()
	defer c.Unlock()
	if found, ok := c.answers[id]; ok {
		return found
	}
	r := rand.New(rand.NewSource(int64(id)))
	items := make([]item, 20+r.Intn(100))
	for i := range items {
		items[i] = item{i, strings.Repeat("item ", 1+r.Intn(10)), []string{"a", "b", strconv.Itoa(i)}, r.Float64()}
	}
	made, _ := json.Marshal(items)
	c.answers[id], c.order, c.held = made, append(c.order, id), c.held+len(made)
	for c.held > c.most {
		c.held -= len(c.answers[c.order[0]])
		delete(c.answers, c.order[0])
		c.order = c.order[1:]
	}
	return made
}

func main() {
	most, _ := strconv.Atoi(os.Args[1])
	requests, _ := strconv.Atoi(os.Args[2])
	kept := &cache{answers: map[int][]byte{}, most: most}
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go http.Serve(door, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, _ := strconv.Atoi(r.URL.Path[1:])
		w.Write(kept.answer(id))
	}))
	var clients sync.WaitGroup
	for i := 0; i < 8; i++ {
		clients.Add(1)
		go func(seed int64) {
			defer clients.Done()
			r := rand.New(rand.NewSource(seed))
			for n := 0; n < requests/8; n++ {
				got, err := http.Get(fmt.Sprintf("http://%s/%d", door.Addr(), r.Intn(20000)))
				if err != nil {
					panic(err)
				}
				var items []item
				all, _ := io.ReadAll(got.Body)
				got.Body.Close()
				if json.Unmarshal(all, &items) != nil {
					panic("no answer")
				}
			}
		}(int64(i))
	}
	clients.Wait()
	time.Sleep(time.Second)
}
