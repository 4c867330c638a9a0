package canary

import (
	"bytes"
	"encoding/binary"
	"iter"
	"slices"
)

// matcher finds any of many texts in one pass, after Wu and Manber: the block of four
// bytes at the end of a window of eight says how far the window can move on, so that
// most bytes of a text are never looked at.
type matcher struct {
	// reach is, for the hash of a block, how far from the beginning of a form it
	// stands at most: 0 if it stands in none, windows if it ends its window.
	reach *[1 << 16]uint8
	// ends are the forms whose window ends with a block of the hash.
	ends map[uint16][]*form
}

// match is a form that was found.
type match struct {
	form       *form
	start, end int
}

const (
	window = shortest
	block  = 4
	// windows is how many blocks begin in a window.
	windows = window - block + 1
)

func (m *matcher) add(f form) {
	if len(f.text) < window {
		return
	}
	if m.reach == nil {
		m.reach, m.ends = new([1 << 16]uint8), map[uint16][]*form{}
	}
	for i := range windows {
		h := hash(f.text[i:])
		m.reach[h] = max(m.reach[h], uint8(i+1))
	}
	last := hash(f.text[windows-1:])
	m.ends[last] = append(m.ends[last], &f)
}

// has says whether the text is among the forms.
func (m *matcher) has(text []byte) bool {
	return slices.ContainsFunc(m.ends[hash(text[windows-1:])], func(f *form) bool { return bytes.Equal(f.text, text) })
}

func hash(b []byte) uint16 {
	return uint16(binary.LittleEndian.Uint32(b) * 0x9e3779b1 >> 16)
}

// find yields every place of every form.
func (m *matcher) find(text []byte) iter.Seq[match] {
	return func(yield func(match) bool) {
		if m.reach == nil {
			return
		}
		for at := 0; at+window <= len(text); {
			h := hash(text[at+windows-1:])
			if reach := m.reach[h]; reach < windows {
				at += windows - int(reach)
				continue
			}
			for _, f := range m.ends[h] {
				if bytes.HasPrefix(text[at:], f.text) && !yield(match{f, at, at + len(f.text)}) {
					return
				}
			}
			at++
		}
	}
}
