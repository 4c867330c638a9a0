package judge

import (
	"regexp"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// claims says whether a start says by its exit code that all is well. Where the exit
// code says so of everything, that is one mistake, and judged by itself.
func claims(e *evidence.Evidence, r evidence.Run) bool {
	return r.Exit.Succeeded() && !e.ExitSilent
}

// isMute says whether neither the exit code of a start nor what it wrote tells success
// from failure.
func isMute(e *evidence.Evidence, r evidence.Run) bool {
	return r.Exit.Succeeded() && e.ExitSilent && !tellsOfFailure(r)
}

// mute is the observation for such a start.
func mute(of string) verdict.Observation {
	return absent("the client ends with exit code 0 also where it has failed, which is judged by itself (err-exit-or-health), " +
		"and what it writes does not show what it makes of " + of)
}

// failing says whether a start says by its exit code, or else by its words, that it has failed.
func failing(e *evidence.Evidence, r evidence.Run) bool {
	return !r.Exit.Succeeded() || e.ExitSilent && tellsOfFailure(r)
}

// failure are words by which programs say that something went wrong, in some languages.
var failure = regexp.MustCompile(`(?i)error|fail|exception|traceback|panic|fatal|unable|could not|couldn't|cannot|can't|refused|denied|invalid|` +
	`not valid|unexpected|unauthor|abort|giving up|gave up|missing|no token|no access|timed? ?out|unavailable|` +
	`fehler|fehlgeschlagen|abgelehnt|konnte nicht|ungültig|erreur|échec|échou|impossible|refusé|` +
	`fallo|fallid|rechazad|no se pudo|inválid|erro\b|falha|falhou|errore|fallit|impossibile|fout|mislukt|fel\b|misslyckad|błąd|` +
	`ошибк|失敗|エラー|错误|失败|錯誤|실패|오류`)

func tellsOfFailure(r evidence.Run) bool { return failure.MatchString(said(r)) }
