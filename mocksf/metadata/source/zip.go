package source

import (
	"archive/zip"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// checkZip refuses an archive that would hurt: by size, by ratio, or by names that
// lead outside. The declared sizes are held to while reading (archive/zip).
func checkZip(archive *zip.Reader, size int64, l Limits) error {
	if size > l.ZipBytes {
		return &LimitError{Limit: "ZipBytes", Got: size, Most: l.ZipBytes, what: "bytes of the zip file"}
	}
	if n := len(archive.File); n > l.Entries {
		return &LimitError{Limit: "Entries", Got: int64(n), Most: int64(l.Entries), what: "files in the zip"}
	}
	total, seen := int64(0), map[string]bool{}
	for _, f := range archive.File {
		if err := checkEntry(f); err != nil {
			return err
		}
		name := strings.TrimSuffix(f.Name, "/")
		if seen[name] {
			return fmt.Errorf("zip: %q is in it twice", f.Name)
		}
		seen[name] = true
		got := int64(f.UncompressedSize64)
		if total += got; total > l.ZipTotal || got < 0 || total < 0 {
			return &LimitError{Limit: "ZipTotal", Path: f.Name, Got: total, Most: l.ZipTotal, what: "bytes of the zip's content"}
		}
		if packed := max(int64(f.CompressedSize64), 1); got > 1<<20 && got/packed > l.ZipRatio {
			return &LimitError{Limit: "ZipRatio", Path: f.Name, Got: got / packed, Most: l.ZipRatio, what: "times its size in the zip"}
		}
	}
	return nil
}

// checkEntry refuses names and kinds of entries that reach outside the archive.
func checkEntry(f *zip.File) error {
	name := strings.TrimSuffix(f.Name, "/")
	switch {
	case f.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("zip: %q is a symbolic link: a deploy holds files only", f.Name)
	case f.Mode()&fs.ModeType&^fs.ModeDir != 0:
		return fmt.Errorf("zip: %q is neither a file nor a folder", f.Name)
	case strings.Contains(name, `\`), !fs.ValidPath(name), path.IsAbs(name):
		return fmt.Errorf("zip: %q leads outside the archive, or is no path: use relative paths with /", f.Name)
	}
	return nil
}
