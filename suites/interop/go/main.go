// Command go logs in with golang.org/x/oauth2 on net/http's default transport and
// prints the user name that it reads of its own user:
//
//	go client-credentials|jwt-bearer [LOGIN_URL]
//
// The settings are the SF_* variables. LOGIN_URL is another place to log in, and JWT
// bearer's audience there: https://login.salesforce.com.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
	"golang.org/x/oauth2/jwt"
)

const tokenPath = "/services/oauth2/token"

func main() {
	username, err := run(context.Background(), os.Args[1:])
	if err != nil {
		log.Fatal(err)
	}
	_, _ = fmt.Fprintln(os.Stdout, username)
}

func run(ctx context.Context, args []string) (string, error) {
	if len(args) == 0 {
		return "", errors.New("which flow? client-credentials or jwt-bearer")
	}
	loginURL, audience := setting("SF_LOGIN_URL"), setting("SF_AUDIENCE")
	if len(args) > 1 {
		loginURL, audience = args[1], args[1]
	}
	tokens, err := clientCredentials(ctx, loginURL), error(nil)
	if args[0] == "jwt-bearer" {
		tokens, err = jwtBearer(ctx, loginURL, audience)
	}
	if err != nil {
		return "", err
	}
	token, err := tokens.Token()
	if err != nil {
		return "", err
	}
	instance, _ := token.Extra("instance_url").(string)
	return readUsername(ctx, oauth2.NewClient(ctx, oauth2.StaticTokenSource(token)), instance)
}

func setting(name string) string {
	return os.Getenv(name) //nolint:forbidigo // the settings of a program
}

func clientCredentials(ctx context.Context, loginURL string) oauth2.TokenSource {
	config := clientcredentials.Config{
		ClientID: setting("SF_CLIENT_ID"), ClientSecret: setting("SF_CLIENT_SECRET"),
		TokenURL: loginURL + tokenPath, AuthStyle: oauth2.AuthStyleInParams,
	}
	return config.TokenSource(ctx)
}

func jwtBearer(ctx context.Context, loginURL, audience string) (oauth2.TokenSource, error) {
	key, err := os.ReadFile(setting("SF_PRIVATE_KEY_FILE"))
	if err != nil {
		return nil, err
	}
	config := jwt.Config{
		Email: setting("SF_CLIENT_ID"), Subject: setting("SF_USERNAME"), PrivateKey: key,
		Audience: audience, TokenURL: loginURL + tokenPath,
	}
	return config.TokenSource(ctx), nil
}

func readUsername(ctx context.Context, client *http.Client, instance string) (string, error) {
	soql := "SELECT Username FROM User WHERE Username = '" + setting("SF_USERNAME") + "'"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, instance+"/services/data/v67.0/query?q="+url.QueryEscape(soql), nil) //nolint:gosec // the org says where it is
	if err != nil {
		return "", err
	}
	resp, err := client.Do(req) //nolint:gosec // the org says where it is
	if err != nil {
		return "", err
	}
	defer resp.Body.Close() //nolint:errcheck // it was read
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", err
	}
	var result struct{ Records []struct{ Username string } }
	if err := json.Unmarshal(body, &result); err != nil || len(result.Records) != 1 {
		return "", fmt.Errorf("%s: no one record in %s (%w)", resp.Status, body, err)
	}
	return result.Records[0].Username, nil
}
