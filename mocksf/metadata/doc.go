// Package metadata reads the apps of an SFDX project and makes an org of them.
//
// [LoadProject] reads: files become components with places, components are held to
// the Metadata API's schema of the project's version, and joined to apps by the
// names in them. What is wrong is a [Problem] and ends nothing, so that a linter
// sees all of it. [Project.Org] makes a fixtures.Org of a project without errors,
// and says what it assumed because files do not hold it: users, secrets, the org.
//
// The specification is metadata.md of the facts; its section 10 is the recipe.
package metadata
