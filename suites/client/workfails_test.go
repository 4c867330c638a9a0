package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
)

// reading reads all pages; path makes the path of the next one.
func reading(path func(next string) string) func(context.Context, drive.Env) error {
	return func(ctx context.Context, env drive.Env) error {
		way, err := env.Transport()
		if err != nil {
			return err
		}
		defer way.CloseIdleConnections()
		secret, err := env.ClientSecret()
		if err != nil || secret == "" {
			return errors.Join(err, errLeft)
		}
		ctx = context.WithValue(ctx, oauth2.HTTPClient, &http.Client{Transport: way})
		config := clientcredentials.Config{ClientID: env.ClientID(), ClientSecret: secret, TokenURL: env.LoginURL() + "/services/oauth2/token", AuthStyle: oauth2.AuthStyleInParams}
		token, err := config.Token(ctx)
		if err != nil {
			return err
		}
		instance, _ := token.Extra("instance_url").(string)
		next := "/services/data/v67.0/query?q=" + url.QueryEscape("SELECT Id FROM Contact LIMIT 2000")
		for c := oauth2.NewClient(ctx, oauth2.StaticTokenSource(token)); next != ""; {
			if next, err = page(ctx, c, instance+next); err != nil {
				return err
			}
			if next != "" {
				next = path(next)
			}
		}
		return nil
	}
}

// page reads one page and returns the path of the next one.
func page(ctx context.Context, c *http.Client, address string) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return "", err
	}
	response, err := c.Do(r)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return "", errors.New(response.Status)
	}
	var body struct{ NextRecordsURL string }
	err = json.NewDecoder(response.Body).Decode(&body)
	return body.NextRecordsURL, err
}

func TestAClientThatFailsInTheMiddleOfItsWorkIsToldSo(t *testing.T) {
	t.Parallel()
	// A library that cuts the path of another version off nextRecordsUrl asks for a path
	// that stands in another one.
	doubled := func(next string) string { return "/services/data/v67.0" + next }
	same := func(next string) string { return next }
	for name, c := range map[string]struct {
		path func(string) string
		told bool
	}{"a path that is doubled": {doubled, true}, "the path as it came": {same, false}} {
		untested := run(t, options(fake(reading(c.path)), scenario.HappyPath)).Untested
		got := slices.ContainsFunc(untested, func(u report.Untested) bool {
			return u.What == "work (client-credentials)" && strings.Contains(u.Why, "exit code 1") && strings.Contains(u.Why, "/services/data/v67.0/services/data/v67.0/query/")
		})
		if got != c.told {
			t.Errorf("%s: told %t, want %t: %+v", name, got, c.told, untested)
		}
	}
}
