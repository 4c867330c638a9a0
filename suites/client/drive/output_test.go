//go:build unix

package drive_test

import (
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

const mebibyte = 1 << 20

func TestAFloodNeitherBlocksNorGrows(t *testing.T) {
	t.Parallel()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r := run(t, command(t, "flood", "1024"), drive.Job{})
	runtime.ReadMemStats(&after)
	text := r.Stdout.Text()
	if r.Stdout.Total < 1<<30 || len(text) > 4*mebibyte || !r.Exit.Succeeded() {
		t.Errorf("%d bytes, %d kept, %+v", r.Stdout.Total, len(text), r.Exit)
	}
	if !strings.HasPrefix(text, "first\n") || !strings.HasSuffix(text, "last\n") || r.Checks["after"] != "the flood" {
		t.Errorf("the ends are lost, checks %v", r.Checks)
	}
	// All tests of the package at once allocate far less than the flood has.
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 256*mebibyte {
		t.Errorf("%d bytes were allocated", grown)
	}
}

func TestShortOutputIsKeptWhole(t *testing.T) {
	t.Parallel()
	r := run(t, command(t, "flood", "1"), drive.Job{})
	if int64(len(r.Stdout.Head)) != r.Stdout.Total || len(r.Stdout.Tail) > 0 {
		t.Errorf("%d of %d bytes, tail of %d", len(r.Stdout.Head), r.Stdout.Total, len(r.Stdout.Tail))
	}
}

func TestCheckLinesAreMergedAndBrokenOnesNoted(t *testing.T) {
	t.Parallel()
	r := run(t, command(t, "say", `CHECK {"records":1,"a":true}`, "text CHECK {\"b\":1}", `CHECK {"records":2}`, "CHECK {broken", "CHECK [1]", "CHECKED"), drive.Job{})
	if r.Checks["records"] != 2.0 || r.Checks["a"] != true || len(r.Checks) != 3 {
		t.Errorf("%v", r.Checks)
	}
	if noted := r.Checks[drive.BrokenChecks]; noted != "2 passed over: number 3 is no JSON object" {
		t.Errorf("noted %q", noted)
	}
	if r := run(t, command(t, "say", "no CHECK line"), drive.Job{}); r.Checks != nil {
		t.Errorf("%v", r.Checks)
	}
}

func TestCheckLinesAreFoundWhereverTheReadsEnd(t *testing.T) {
	t.Parallel()
	text := "x\nCHECK {\"a\":1}\nCHECK {\"b\":2}\n\nCHEC\nCHECK {\"c\":3}"
	for size := 1; size <= len(text); size++ {
		got := drive.Checks([]byte(text), size)
		if len(got) != 3 || got["a"] != 1.0 || got["b"] != 2.0 || got["c"] != 3.0 {
			t.Errorf("in pieces of %d: %v", size, got)
		}
	}
}

func TestCheckLinesAreBounded(t *testing.T) {
	t.Parallel()
	got := drive.Checks([]byte(`CHECK {"a":"`+strings.Repeat("x", 1<<20)+"\"}\n"), 4096)
	if len(got) != 1 || !strings.Contains(got[drive.BrokenChecks].(string), "longer than") {
		t.Errorf("%d values", len(got))
	}
	got = drive.Checks([]byte(strings.Repeat("CHECK {\"a\":1}\n", 1100)), 4096)
	if !strings.Contains(got[drive.BrokenChecks].(string), "100 passed over: there are more than 1000") {
		t.Errorf("%v", got)
	}
}

func FuzzChecks(f *testing.F) {
	f.Add([]byte("CHECK {\"a\":1}\nCHECK \nCHECK null\n"), 3)
	f.Add([]byte("\n\nCHECK CHECK {}"), 1)
	f.Fuzz(func(t *testing.T, text []byte, size int) {
		if size < 1 {
			return
		}
		whole, pieces := drive.Checks(text, len(text)+1), drive.Checks(text, size)
		if len(whole) != len(pieces) {
			t.Errorf("%v in one piece, %v in pieces of %d", whole, pieces, size)
		}
	})
}

func TestFilesOfEveryKindAreNamedAndOnlyRegularOnesRead(t *testing.T) {
	t.Parallel()
	r := run(t, command(t, "leave"), drive.Job{})
	found := map[string]evidence.File{}
	for _, f := range r.Files {
		found[f.Place+" "+f.Name] = f
	}
	if f := found["home .cache/sf/token"]; string(f.Content) != "kept token" || f.Mode&0o777 != 0o644 {
		t.Errorf("%+v", f)
	}
	if f := found["temp big"]; len(f.Content) != mebibyte || f.Size != 3*mebibyte {
		t.Errorf("%d of %d bytes", len(f.Content), f.Size)
	}
	if f := found["work here.log"]; string(f.Content) != "log" {
		t.Errorf("%+v", f)
	}
	for name, kind := range map[string]os.FileMode{"work link": os.ModeSymlink, "work fifo": os.ModeNamedPipe} {
		if f := found[name]; os.FileMode(f.Mode)&kind == 0 || f.Content != nil {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if len(found) != 6 {
		t.Errorf("%d files", len(found))
	}
}
