package interop_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
	"golang.org/x/oauth2/jwt"

	"github.com/sfconform/sfconform/fixtures"
)

func oauth2Ways() []way {
	credentials := func(name string, style oauth2.AuthStyle) way {
		return way{name: name, flow: fixtures.ClientCredentials, login: func(ctx context.Context, vars map[string]string) (reader, error) {
			return oauth2Login(ctx, vars, clientCredentials(vars, style).TokenSource(ctx))
		}}
	}
	return []way{
		credentials("client credentials, probing", oauth2.AuthStyleAutoDetect),
		credentials("client credentials, body", oauth2.AuthStyleInParams),
		credentials("client credentials, Basic", oauth2.AuthStyleInHeader),
		{name: "JWT bearer", flow: fixtures.JWTBearer, login: func(ctx context.Context, vars map[string]string) (reader, error) {
			config, err := jwtBearer(vars)
			if err != nil {
				return nil, err
			}
			return oauth2Login(ctx, vars, config.TokenSource(ctx))
		}},
	}
}

func clientCredentials(vars map[string]string, style oauth2.AuthStyle) *clientcredentials.Config {
	return &clientcredentials.Config{
		ClientID: vars["SF_CLIENT_ID"], ClientSecret: vars["SF_CLIENT_SECRET"], TokenURL: vars["SF_TOKEN_URL"], AuthStyle: style,
	}
}

func jwtBearer(vars map[string]string) (*jwt.Config, error) {
	key, err := os.ReadFile(vars["SF_PRIVATE_KEY_FILE"])
	if err != nil {
		return nil, err
	}
	return &jwt.Config{
		Email: vars["SF_CLIENT_ID"], Subject: vars["SF_USERNAME"], Audience: vars["SF_AUDIENCE"],
		TokenURL: vars["SF_TOKEN_URL"], PrivateKey: key,
	}, nil
}

// oauth2Login gets the token and reads with the package's own HTTP client.
func oauth2Login(ctx context.Context, vars map[string]string, source oauth2.TokenSource) (reader, error) {
	if _, err := source.Token(); err != nil {
		return nil, err
	}
	client := oauth2.NewClient(ctx, source)
	return func(ctx context.Context) (string, error) { return readUsername(ctx, client, vars) }, nil
}

func readUsername(ctx context.Context, client *http.Client, vars map[string]string) (string, error) {
	address := vars["SF_INSTANCE_URL"] + "/services/data/v67.0/query?q=" + url.QueryEscape(userQuery(vars))
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return "", err
	}
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", err
	}
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s", body)
	}
	var result struct{ Records []struct{ Username string } }
	if err := json.Unmarshal(body, &result); err != nil || len(result.Records) != 1 {
		return "", fmt.Errorf("no one record in %s (%w)", body, err)
	}
	return result.Records[0].Username, nil
}
