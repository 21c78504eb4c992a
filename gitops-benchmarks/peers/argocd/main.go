// Command argocd compares pairs the way Argo CD does: gitops-engine, DiffArray.
//
//	argocd DESIRED LIVE ROUNDS
//
// Each line of the two files is one object in JSON; lines with the same number are a pair. It prints
// a line for each round: seconds, pairs, pairs that differ, separated by tabs. Reading is not counted.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/argoproj/gitops-engine/pkg/diff"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, "argocd:", err)
		os.Exit(1)
	}
	return value
}

func read(file string) []*unstructured.Unstructured {
	input := must(os.Open(file))
	defer input.Close()
	lines := bufio.NewScanner(input)
	lines.Buffer(nil, 64<<20)
	var objects []*unstructured.Unstructured
	for lines.Scan() {
		object := &unstructured.Unstructured{}
		must(0, json.Unmarshal(lines.Bytes(), &object.Object))
		objects = append(objects, object)
	}
	must(0, lines.Err())
	return objects
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: argocd DESIRED LIVE ROUNDS")
		os.Exit(2)
	}
	desired, live := read(os.Args[1]), read(os.Args[2])
	for round := must(strconv.Atoi(os.Args[3])); round > 0; round-- {
		start := time.Now()
		results := must(diff.DiffArray(desired, live))
		differ := 0
		for _, result := range results.Diffs {
			if result.Modified {
				differ++
			}
		}
		fmt.Printf("%.3f\t%d\t%d\n", time.Since(start).Seconds(), len(desired), differ)
	}
}
