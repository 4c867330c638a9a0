// Package benchmark measures the fake org against floors in the same process and
// prints ratios: figures of one machine mean nothing on another.
package benchmark
