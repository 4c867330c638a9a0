package drive

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// marker is the variable by which every process of a start is known, wherever it
// hides: children inherit it.
const marker = "CHECK_RUN"

// inherited are the variables of the caller that say how programs are found and
// text is written. A name that ends in * stands for all that begin so.
var inherited = []string{
	"PATH", "LANG", "LANGUAGE", "LC_*", "TZ", "USER", "LOGNAME", "SHELL", "HOSTNAME",
	"LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONPATH", "PYTHONHOME",
	"NODE_PATH", "RUBYLIB", "PERL5LIB", "CLASSPATH", "GOROOT", "GOFLAGS", "GOTOOLCHAIN", "CGO_ENABLED",
	"DOCKER_HOST", "DOCKER_CONTEXT", "RUSTUP_TOOLCHAIN", "PYENV_VERSION", "RBENV_VERSION",
	// Windows starts hardly any program without these.
	"SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "WINDIR", "PROGRAMFILES", "PROGRAMDATA", "NUMBER_OF_PROCESSORS",
}

// withheld are the variables that lead a client to another place than the scenario,
// or would show the caller's secrets: they are never passed on.
var withheld = []string{
	"SF_*", "CHECK_*", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "FTP_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
	"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "NODE_USE_ENV_PROXY", "NODE_TLS_REJECT_UNAUTHORIZED",
	"JAVA_TOOL_OPTIONS", "PHP_INI_SCAN_DIR", "PERL_LWP_*", "MOJO_*", "SSLKEYLOGFILE",
}

// placed are the variables that name the folders of a start.
var placed = []string{
	"HOME", "TMPDIR", "TMP", "TEMP", "PWD", "USERPROFILE", "APPDATA", "LOCALAPPDATA",
	"XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR",
}

// isOurs says whether the driver decides what the variable is.
func isOurs(name string) bool { return fits(name, withheld) || fits(name, placed) }

// fits says whether a name is in a list of names and beginnings, in any case.
func fits(name string, list []string) bool {
	name = strings.ToUpper(name)
	return slices.ContainsFunc(list, func(known string) bool {
		beginning, open := strings.CutSuffix(strings.ToUpper(known), "*")
		return name == beginning || open && strings.HasPrefix(name, beginning)
	})
}

func checkPass(pass []string) error {
	for _, name := range pass {
		switch {
		case !isVariable(name) || name == "*":
			return fmt.Errorf("drive: pass on %q: want the name of a variable, or its beginning and a star", name)
		case isOurs(strings.TrimSuffix(name, "*")):
			return fmt.Errorf("drive: pass on %q: the harness sets it for each start, and the caller's own would lead the client elsewhere: leave it out", name)
		}
	}
	return nil
}

// lookup is a variable of an environment; the last entry of a name counts.
func lookup(environ []string, name string) (string, bool) {
	for _, entry := range slices.Backward(environ) {
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value, true
		}
	}
	return "", false
}

// passedOn are the caller's variables that every start gets: what finds programs,
// the homes of tools, and what the user names.
func passedOn(environ, pass []string, base string) []string {
	var kept []string
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		switch {
		case name == "" || isOurs(name):
			continue
		case strings.EqualFold(name, "PATH"):
			kept = append(kept, name+"="+absoluteList(value, base))
		case fits(name, inherited) || fits(name, pass) || isToolHome(name):
			kept = append(kept, entry)
		}
	}
	return append(kept, toolHomesOf(environ)...)
}

// absoluteList has every folder of a PATH name the same place wherever the client
// is started.
func absoluteList(list, base string) string {
	dirs := filepath.SplitList(list)
	for i, dir := range dirs {
		if !filepath.IsAbs(dir) {
			dirs[i] = filepath.Join(base, dir)
		}
	}
	return strings.Join(dirs, string(os.PathListSeparator))
}

// folders are the variables that name the folders of a start.
func (p place) folders() map[string]string {
	all := map[string]string{
		"HOME": p.home, "TMPDIR": p.temp, "TMP": p.temp, "TEMP": p.temp,
		"XDG_CONFIG_HOME": filepath.Join(p.home, ".config"), "XDG_CACHE_HOME": filepath.Join(p.home, ".cache"),
		"XDG_DATA_HOME": filepath.Join(p.home, ".local", "share"), "XDG_STATE_HOME": filepath.Join(p.home, ".local", "state"),
		"XDG_RUNTIME_DIR": p.runtime(),
	}
	if runtime.GOOS == "windows" {
		all["USERPROFILE"] = p.home
		all["APPDATA"] = filepath.Join(p.home, "AppData", "Roaming")
		all["LOCALAPPDATA"] = filepath.Join(p.home, "AppData", "Local")
	}
	return all
}
