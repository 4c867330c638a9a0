package drive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// place are the folders of a start: fresh and empty, or shared with other starts.
type place struct {
	root, home, temp, work string
	// shared: the caller keeps the folder.
	shared bool
}

// newPlace makes the folders below shared, or below a fresh folder if it is empty.
func newPlace(shared string) (place, error) {
	root := shared
	if root == "" {
		fresh, err := os.MkdirTemp("", "sfconform-client-")
		if err != nil {
			return place{}, fmt.Errorf("drive: no place for the client's files: %w", err)
		}
		root = fresh
	}
	root, err := filepath.Abs(root)
	if err != nil {
		return place{}, fmt.Errorf("drive: the client's folder: %w", err)
	}
	p := place{
		root: root, home: filepath.Join(root, "home"), temp: filepath.Join(root, "temp"),
		work: filepath.Join(root, "work"), shared: shared != "",
	}
	for _, dir := range []string{p.home, p.temp, p.work, p.runtime()} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return place{}, errors.Join(fmt.Errorf("drive: no place for the client's files: %w", err), p.remove())
		}
	}
	return p, nil
}

// runtime is XDG_RUNTIME_DIR, which has to exist.
func (p place) runtime() string { return filepath.Join(p.temp, "runtime") }

// remove removes the folders unless they are shared, those that the client has made
// unreadable included.
func (p place) remove() error {
	if p.shared {
		return nil
	}
	if os.RemoveAll(p.root) == nil {
		return nil
	}
	_ = filepath.WalkDir(p.root, func(path string, entry fs.DirEntry, _ error) error {
		if entry != nil && entry.IsDir() {
			_ = os.Chmod(path, 0o700) //nolint:gosec // a folder of ours needs the bit to be removed
		}
		return nil
	})
	if err := os.RemoveAll(p.root); err != nil {
		return fmt.Errorf("drive: the client's files are left behind: %w", err)
	}
	return nil
}
