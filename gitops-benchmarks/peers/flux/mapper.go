package main

import (
	"net/http"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client/apiutil"
)

// As kustomize-controller does: kinds are looked up when they are met.
func newMapper(config *rest.Config, client *http.Client) (meta.RESTMapper, error) {
	return apiutil.NewDynamicRESTMapper(config, client)
}
