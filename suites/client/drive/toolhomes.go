package drive

import (
	"os"
	"path/filepath"
	"slices"
)

// toolHome is a folder that a tool looks for below HOME. A client that is started
// through the tool needs the caller's, because its own HOME is empty.
type toolHome struct {
	// variable tells the tool where the folder is.
	variable string
	// below are where it lies in the caller's HOME by default, as patterns; the
	// last match of the first pattern that has one counts.
	below []string
	// parent: the variable names the folder that it lies in.
	parent bool
}

var toolHomes = []toolHome{
	{variable: "GOPATH", below: []string{"go"}},
	{variable: "GOMODCACHE", below: []string{"go/pkg/mod"}},
	{variable: "GOCACHE", below: []string{".cache/go-build", "Library/Caches/go-build", "AppData/Local/go-build"}},
	{variable: "GOENV", below: []string{".config/go/env", "Library/Application Support/go/env"}},
	{variable: "CARGO_HOME", below: []string{".cargo"}},
	{variable: "RUSTUP_HOME", below: []string{".rustup"}},
	{variable: "NVM_DIR", below: []string{".nvm"}},
	{variable: "VOLTA_HOME", below: []string{".volta"}},
	{variable: "FNM_DIR", below: []string{".local/share/fnm", ".fnm"}},
	{variable: "npm_config_cache", below: []string{".npm"}},
	{variable: "COREPACK_HOME", below: []string{".cache/node/corepack"}},
	{variable: "PNPM_HOME", below: []string{".local/share/pnpm", "Library/pnpm"}},
	{variable: "DENO_DIR", below: []string{".cache/deno", "Library/Caches/deno"}},
	{variable: "BUN_INSTALL", below: []string{".bun"}},
	{variable: "PYTHONUSERBASE", below: []string{".local"}},
	{variable: "PYENV_ROOT", below: []string{".pyenv"}},
	{variable: "PIP_CACHE_DIR", below: []string{".cache/pip", "Library/Caches/pip"}},
	{variable: "POETRY_CACHE_DIR", below: []string{".cache/pypoetry", "Library/Caches/pypoetry"}},
	{variable: "PIPX_HOME", below: []string{".local/share/pipx", ".local/pipx"}},
	{variable: "UV_CACHE_DIR", below: []string{".cache/uv"}},
	{variable: "UV_PYTHON_INSTALL_DIR", below: []string{".local/share/uv/python"}},
	{variable: "GEM_HOME", below: []string{".local/share/gem/ruby/*", ".gem/ruby/*"}},
	{variable: "RBENV_ROOT", below: []string{".rbenv"}},
	{variable: "BUNDLE_USER_HOME", below: []string{".bundle"}},
	{variable: "DOTNET_CLI_HOME", below: []string{".dotnet"}, parent: true},
	{variable: "DOTNET_ROOT", below: []string{".dotnet/host"}, parent: true},
	{variable: "NUGET_PACKAGES", below: []string{".nuget/packages"}},
	{variable: "JAVA_HOME"},
	{variable: "SDKMAN_DIR", below: []string{".sdkman"}},
	{variable: "JBANG_DIR", below: []string{".jbang"}},
	{variable: "M2_HOME"},
	{variable: "MAVEN_HOME"},
	{variable: "MAVEN_USER_HOME", below: []string{".m2"}},
	{variable: "GRADLE_USER_HOME", below: []string{".gradle"}},
	{variable: "COURSIER_CACHE", below: []string{".cache/coursier/v1", "Library/Caches/Coursier/v1"}},
	{variable: "COMPOSER_HOME", below: []string{".config/composer", ".composer"}},
	{variable: "MIX_HOME", below: []string{".mix"}},
	{variable: "HEX_HOME", below: []string{".hex"}},
	{variable: "PUB_CACHE", below: []string{".pub-cache"}},
	{variable: "ASDF_DATA_DIR", below: []string{".asdf"}},
	{variable: "MISE_DATA_DIR", below: []string{".local/share/mise"}},
	{variable: "DOCKER_CONFIG", below: []string{".docker"}},
}

func isToolHome(name string) bool {
	return slices.ContainsFunc(toolHomes, func(t toolHome) bool { return t.variable == name })
}

// toolHomesOf names the folders that the tools of the caller have below its HOME,
// where they exist and the caller has not named others.
func toolHomesOf(environ []string) []string {
	home, _ := lookup(environ, "HOME")
	if home == "" {
		home, _ = lookup(environ, "USERPROFILE")
	}
	if !filepath.IsAbs(home) {
		return nil
	}
	var found []string
	for _, t := range toolHomes {
		if _, set := lookup(environ, t.variable); set {
			continue
		}
		if dir := t.in(home); dir != "" {
			found = append(found, t.variable+"="+dir)
		}
	}
	return found
}

func (t toolHome) in(home string) string {
	for _, pattern := range t.below {
		names, err := foldersBelow(home, filepath.FromSlash(pattern))
		if err != nil || len(names) == 0 {
			continue
		}
		dir := filepath.Join(home, names[len(names)-1])
		if t.parent {
			dir = filepath.Dir(dir)
		}
		return dir
	}
	return ""
}

// foldersBelow are the names that fit, relative to the folder. A pattern is a path
// whose last part may be a star.
func foldersBelow(dir, pattern string) ([]string, error) {
	folder, last := filepath.Split(pattern)
	if last != "*" {
		_, err := os.Stat(filepath.Join(dir, pattern))
		return []string{pattern}, err
	}
	entries, err := os.ReadDir(filepath.Join(dir, folder))
	var names []string
	for _, e := range entries {
		names = append(names, filepath.Join(folder, e.Name()))
	}
	return names, err
}
