// Built together with main.go it brings the C library and its threads into the program.
package main

// int answer(void) { return 42; }
import "C"

func init() {
	name = "go-with-c"
	if C.answer() != 42 {
		panic("C does not answer")
	}
}
