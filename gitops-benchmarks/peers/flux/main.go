// Command flux applies manifests again and again the way Flux does: pkg/ssa, ApplyAllStaged.
//
//	flux KUBECONFIG FILE CONCURRENCY ROUNDS
//
// It prints a line for each round: seconds, requests, objects changed, separated by tabs. The first
// round is the first apply if nothing is there.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/fluxcd/cli-utils/pkg/kstatus/polling"
	"github.com/fluxcd/pkg/ssa"
	"github.com/fluxcd/pkg/ssa/normalize"
	"github.com/fluxcd/pkg/ssa/utils"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

var requests atomic.Int64

type counter struct{ next http.RoundTripper }

func (c counter) RoundTrip(request *http.Request) (*http.Response, error) {
	requests.Add(1)
	return c.next.RoundTrip(request)
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, "flux:", err)
		os.Exit(1)
	}
	return value
}

func main() {
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: flux KUBECONFIG FILE CONCURRENCY ROUNDS")
		os.Exit(2)
	}
	config := must(clientcmd.BuildConfigFromFlags("", os.Args[1]))
	// The limits of the client are for a server that is shared; here it is only in the way.
	config.QPS = -1
	config.Wrap(func(next http.RoundTripper) http.RoundTripper { return counter{next} })
	for round := must(strconv.Atoi(os.Args[4])); round > 0; round-- {
		fmt.Println(apply(config, os.Args[2], must(strconv.Atoi(os.Args[3]))))
	}
}

func apply(config *rest.Config, file string, concurrency int) string {
	requests.Store(0)
	start := time.Now()
	input := must(os.Open(file))
	defer input.Close()
	objects := must(utils.ReadObjects(input))
	http := must(rest.HTTPClientFor(config))
	mapper := must(newMapper(config, http))
	cluster := must(client.New(config, client.Options{HTTPClient: http, Mapper: mapper}))
	poller := polling.NewStatusPoller(cluster, mapper, polling.Options{})
	manager := ssa.NewResourceManager(cluster, poller, ssa.Owner{Field: "flux", Group: "kustomize.toolkit.fluxcd.io"})
	manager.SetConcurrency(concurrency)
	manager.SetOwnerLabels(objects, "app", "flux-system")
	if err := normalize.UnstructuredList(objects); err != nil {
		must(0, err)
	}
	changes := must(manager.ApplyAllStaged(context.Background(), objects, ssa.DefaultApplyOptions()))
	changed := 0
	for _, entry := range changes.Entries {
		if entry.Action != ssa.UnchangedAction {
			changed++
		}
	}
	return fmt.Sprintf("%.3f\t%d\t%d", time.Since(start).Seconds(), requests.Load(), changed)
}
