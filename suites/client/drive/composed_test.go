package drive_test

import (
	"testing"

	"github.com/sfconform/sfconform/suites/client/drive"
)

func TestAMappingThatCompletesTheLoginURLIsToldFromOneThatHandsItOn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		mapping map[string]string
		want    bool
	}{
		{"none", nil, false},
		{"as it is", map[string]string{"BASE": "${SF_LOGIN_URL}", "ID": "${SF_CLIENT_ID}"}, false},
		{"completed", map[string]string{"TOKEN_URL": "${SF_LOGIN_URL}/services/oauth2/token"}, true},
		{"both", map[string]string{"TOKEN_URL": "${SF_LOGIN_URL}/services/oauth2/token", "BASE": "${SF_LOGIN_URL}"}, false},
		{"another setting", map[string]string{"ID": "x-${SF_CLIENT_ID}"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d, err := drive.NewCommand(drive.CommandOptions{Command: []string{"true"}, Map: c.mapping})
			if err != nil {
				t.Fatal(err)
			}
			if got := d.Traits().ComposedURL; got != c.want {
				t.Errorf("composed: %t", got)
			}
		})
	}
}
