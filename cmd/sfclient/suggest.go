package main

import "strings"

// suggest names the known word that is nearest to a mistyped one, or all of them if none is near.
func suggest(word string, known []string, prefix string) string {
	best, distance := "", len(word)/2+1
	for _, candidate := range known {
		d := editDistance(strings.ToLower(word), strings.ToLower(candidate))
		if strings.HasPrefix(candidate, word) {
			d = 0
		}
		if d < distance {
			best, distance = candidate, d
		}
	}
	if best == "" {
		return "known are: " + prefix + strings.Join(known, ", "+prefix)
	}
	return "did you mean " + prefix + best + "?"
}

// editDistance is Levenshtein's: the least number of letters to insert, drop or change.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
