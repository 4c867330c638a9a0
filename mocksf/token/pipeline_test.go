package token_test

import (
	"testing"

	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/token"
)

func TestEveryCheckNamesARefusalAndASwitchThatExist(t *testing.T) {
	t.Parallel()
	if _, err := token.New(session.NewStore("00DAk0000000000AAA", 1)); err != nil {
		t.Fatal(err)
	}
}
