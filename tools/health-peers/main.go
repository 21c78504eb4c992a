// Command health-peers says what others think of the health of objects: Argo CD's gitops-engine and
// kstatus of cli-utils. It reads YAML documents and prints a line for each: the verdict of Argo CD and
// that of kstatus, separated by a tab; "-" where there is none.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/argoproj/gitops-engine/pkg/health"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
)

func main() {
	documents := yaml.NewYAMLOrJSONDecoder(bufio.NewReader(os.Stdin), 4096)
	for {
		object := &unstructured.Unstructured{}
		err := documents.Decode(object)
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "health-peers:", err)
			os.Exit(1)
		}
		fmt.Printf("%s\t%s\n", argocd(object), kstatus(object))
	}
}

func argocd(object *unstructured.Unstructured) string {
	verdict, err := health.GetResourceHealth(object, nil)
	if err != nil {
		return "error"
	}
	if verdict == nil {
		return "-"
	}
	return string(verdict.Status)
}

func kstatus(object *unstructured.Unstructured) string {
	verdict, err := status.Compute(object)
	if err != nil {
		return "error"
	}
	return string(verdict.Status)
}
