package source_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

func TestReplacementsAreMadeAsTheCLIMakesThem(t *testing.T) {
	t.Parallel()
	rules := `{"packageDirectories":[{"path":"force-app"}],"replacements":[
		{"filename":"/a.eca-meta.xml","stringToReplace":"$USER","replaceWithEnv":"USER_NAME"},
		{"glob":"force-app/**/*.{eca,x}-meta.xml","regexToReplace":"C[a-z]+T","replaceWithFile":"cert.txt"},
		{"glob":"**/*.xml","stringToReplace":"QA","replaceWithEnv":"NOTHING","allowUnsetEnvVariable":true},
		{"glob":"**/*.xml","stringToReplace":"when","replaceWithEnv":"USER_NAME","replaceWhenEnv":[{"env":"STAGE","value":2}]},
		{"glob":"**/*.xml","stringToReplace":"later","replaceWithEnv":"UNSET"}]}`
	env := func(name string) (string, bool) {
		v, ok := map[string]string{"USER_NAME": "me@x.example", "STAGE": "3"}[name]
		return v, ok
	}
	fsys := files(source.ConfigFile, rules, "cert.txt", "  text\n", "force-app/a.eca-meta.xml", "$USER CerT QA when later")
	p, err := source.Read(fsys, source.Options{Env: env})
	if err != nil {
		t.Fatal(err)
	}
	f := p.Files[0]
	if string(f.Data) != "me@x.example text  when later" || f.Err != nil || !f.Replaced() {
		t.Errorf("the text is %q, %v", f.Data, f.Err)
	}
	if len(f.Unset) != 1 || f.Unset[0] != (source.Unset{Text: "later", Env: "UNSET"}) {
		t.Errorf("unset are %v", f.Unset)
	}
	for _, name := range []string{"../cert.txt", "/run/secrets/cert.txt", "gone.txt"} {
		waits := strings.Replace(rules, "cert.txt", name, 1)
		p, err = source.Read(files(source.ConfigFile, waits, "force-app/a.eca-meta.xml", "CerT"), source.Options{Env: env})
		if err != nil || len(p.Files[0].Unset) != 1 || p.Files[0].Unset[0] != (source.Unset{Text: "CerT", File: name}) {
			t.Errorf("the file %s gives %+v, %v", name, p.Files[0].Unset, err)
		}
	}
}

// What node answers to text.replace(new RegExp(find, "g"), with).
func TestDollarsMeanInAReplacementWhatTheyMeanInJavaScript(t *testing.T) {
	t.Parallel()
	for with, want := range map[string]string{
		"x": "[x][x]", "$$1": "[$1][$1]", "$&$&": "[ab1ab1][ab2ab2]", "$1-$2": "[ab-1][ab-2]", "$02": "[1][2]",
		"$21": "[11][21]", "$3": "[$3][$3]", "$0": "[$0][$0]", "$": "[$][$]", "$x$": "[$x$][$x$]", "${1}": "[${1}][${1}]",
	} {
		rules := fmt.Sprintf(`{"packageDirectories":[{"path":""}],"replacements":[{"glob":"*","regexToReplace":"([a-z]+)(\\d)","replaceWithEnv":%q}]}`, with)
		env := func(name string) (string, bool) { return name, true }
		p, err := source.Read(files(source.ConfigFile, rules, "a.eca-meta.xml", "[ab1][ab2]"), source.Options{Env: env})
		if err != nil || string(p.Files[0].Data) != want {
			t.Errorf("%q gives %q, %v, want %q", with, p.Files[0].Data, err, want)
		}
	}
}

func TestAnExpressionThatOnlyJavaScriptKnowsIsToldApart(t *testing.T) {
	t.Parallel()
	for find, unsupported := range map[string]bool{`(?<=x)y`: true, `y(?!z)`: true, `(y)\\1`: true, `(y`: false, `[z-a]`: false} {
		rules := fmt.Sprintf(`{"packageDirectories":[{"path":""}],"replacements":[{"glob":"*","regexToReplace":"%s","replaceWithEnv":"E"}]}`, find)
		p, err := source.Read(files(source.ConfigFile, rules, "a.eca-meta.xml", "xy"), source.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var typed *source.UnsupportedError
		if f := p.Files[0]; f.Err == nil || errors.As(f.Err, &typed) != unsupported || string(f.Data) != "xy" {
			t.Errorf("%s gives %v", find, f.Err)
		}
	}
}
