package lint

import "github.com/sfconform/sfconform/fixtures"

// checks are the rules' checks. ECA00, ECA07 to ECA13, ECA35, ECA37 and ECA40 are
// what the reader found; see problems.
var checks = map[fixtures.LintRuleID]func(*run){
	"ECA00": problems, "ECA01": problems, "ECA02": flowOffInSettings, "ECA03": flowOffInPolicy, "ECA04": runAsMissing,
	"ECA05": runAsNoUsername, "ECA06": runAsOfOneOrg, "ECA07": problems, "ECA08": problems, "ECA09": problems,
	"ECA10": problems, "ECA11": problems, "ECA12": problems, "ECA13": problems, "ECA14": refreshTokenScope,
	"ECA15": jwtSelfAuthorized, "ECA16": nobodyApproved, "ECA17": runAsNotApproved, "ECA18": certificateUnreadable,
	"ECA19": certificateExpiry, "ECA20": certificateCleared, "ECA21": idOfOneOrg, "ECA22": secretInSource,
	"ECA23": rotates, "ECA24": jwtTokensAndSOAP, "ECA25": agentAPI, "ECA26": ipRelaxation, "ECA27": scopeTooWide,
	"ECA28": refreshTokenLifetime, "ECA29": adminProfile, "ECA30": apiName, "ECA31": headerIncomplete,
	"ECA32": callbackURL, "ECA33": switchedOff, "ECA34": tokenExchangeHalves, "ECA35": problems, "ECA36": leftOut,
	"ECA37": problems, "ECA38": connectedAppKey, "ECA39": connectedAppRunAs, "ECA40": problems,
	"ECA41": connectedApp, "ECA42": clientOnGenericHost, "ECA43": distributionState, "ECA44": apiOnlyPermission,
	"ECA45": pkceLeftOut, "ECA46": placeholder,
}
