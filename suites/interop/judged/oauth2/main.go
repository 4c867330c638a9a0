// Command oauth2 is golang.org/x/oauth2 as an integrator uses it, made to be judged by
// sfconform client: the client credentials flow with its style of authentication
// probed for, and a client that carries the token. Nothing is added to what the
// package does.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// exitUnsupported is the answer to an operation that it does not have.
const exitUnsupported = 127

func main() {
	code := 0
	if err := run(context.Background(), setting("CHECK_OPERATION")); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, err)
		code = 1
		if errors.Is(err, errUnsupported) {
			code = exitUnsupported
		}
	}
	os.Exit(code) //nolint:forbidigo // a program ends itself
}

var errUnsupported = errors.New("operation not supported")

func setting(name string) string {
	return os.Getenv(name) //nolint:forbidigo // the settings of a program
}

func run(ctx context.Context, operation string) error {
	if operation != "login" && operation != "query" {
		return errUnsupported
	}
	config := clientcredentials.Config{
		ClientID: setting("SF_CLIENT_ID"), ClientSecret: setting("SF_CLIENT_SECRET"),
		TokenURL: setting("SF_LOGIN_URL") + "/services/oauth2/token",
	}
	source := oauth2.ReuseTokenSource(nil, config.TokenSource(ctx))
	token, err := source.Token()
	if err != nil || operation == "login" {
		return err
	}
	instance, _ := token.Extra("instance_url").(string)
	return query(ctx, oauth2.NewClient(ctx, source), instance)
}

// query reads all pages.
func query(ctx context.Context, client *http.Client, instance string) error {
	next := "/services/data/v" + setting("SF_API_VERSION") + "/query?q=" + url.QueryEscape("SELECT Id, Name FROM Contact LIMIT 2000")
	for next != "" {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, instance+next, http.NoBody)
		if err != nil {
			return err
		}
		response, err := client.Do(r)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if err != nil {
			return err
		}
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("%s: %s", response.Status, body)
		}
		var page struct{ NextRecordsURL string }
		if err := json.Unmarshal(body, &page); err != nil {
			return err
		}
		next = page.NextRecordsURL
	}
	return nil
}
