package drive

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

const (
	// maxFiles is how many files of a start are looked at, maxContent how much of
	// each, and maxContents how much of all, in bytes.
	maxFiles    = 1000
	maxContent  = 1 << 20
	maxContents = 32 << 20
)

// files are those that are left in the folders. Links are not followed, and what is
// no regular file is named and not opened: a fifo would block.
func (p place) files() []evidence.File {
	var found []evidence.File
	budget := int64(maxContents)
	for _, at := range []struct{ name, dir string }{{"home", p.home}, {"temp", p.temp}, {"work", p.work}} {
		_ = filepath.WalkDir(at.dir, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return nil //nolint:nilerr // what cannot be read is passed over, and the rest looked at
			}
			if len(found) == maxFiles {
				return filepath.SkipAll
			}
			info, err := entry.Info()
			if err != nil {
				return nil //nolint:nilerr // as above
			}
			file := evidence.File{Place: at.name, Name: relative(at.dir, path), Mode: uint32(info.Mode()), Size: info.Size()}
			if info.Mode().IsRegular() {
				file.Content = content(path, min(budget, maxContent))
				budget -= int64(len(file.Content))
			}
			found = append(found, file)
			return nil
		})
	}
	return found
}

func relative(dir, path string) string {
	name, err := filepath.Rel(dir, path)
	if err != nil {
		return path
	}
	return filepath.ToSlash(name)
}

func content(path string, limit int64) []byte {
	f, err := os.Open(path) //nolint:gosec // a file below our own folder, and no link
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	text, _ := io.ReadAll(io.LimitReader(f, limit))
	return text
}
