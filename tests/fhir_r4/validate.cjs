// Validates against the definitions of FHIR R4 (npm package fhir): every resource of hooks/ and profiles/, and every
// resource in the answers of the golden cases, suggested orders and OperationOutcomes alike. Arguments: the checkout.
const fs = require("fs");
const path = require("path");
const { Fhir } = require("fhir");

const validator = new Fhir();
const checked = new Set();
let faults = 0;

function filesBelow(folder, name) {
    return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const file = path.join(folder, entry.name);
        if (entry.isDirectory()) return filesBelow(file, name);
        return name.test(entry.name) ? [file] : [];
    });
}

// Required bindings, cardinality, types, unknown members. Warnings are about codes of systems that R4 does not hold.
function validate(place, resource) {
    const text = JSON.stringify(resource);
    if (checked.has(text)) return;
    checked.add(text);
    for (const message of validator.validate(resource, { errorOnUnexpected: true }).messages) {
        if (message.severity !== "error" && message.severity !== "fatal") continue;
        faults += 1;
        console.log(`${place}: ${message.location}: ${message.message}`);
    }
}

// Resources inside something that is none itself: an answer, an action.
function validateWithin(place, value) {
    if (value === null || typeof value !== "object") return;
    if (value.resourceType) return validate(place, value);
    for (const [name, member] of Object.entries(value)) validateWithin(`${place}.${name}`, member);
}

const root = process.argv[2];
for (const room of ["hooks", "profiles"]) {
    for (const file of filesBelow(path.join(root, room), /\.json$/)) {
        if (file.includes(path.join("hooks", "golden")) || file.includes(path.join("hooks", "services"))) continue;
        const resource = JSON.parse(fs.readFileSync(file, "utf8"));
        if (resource.resourceType) validate(path.relative(root, file), resource);
        else { faults += 1; console.log(`${path.relative(root, file)}: no resource`); }
    }
}
const own = checked.size;
for (const file of filesBelow(path.join(root, "tests", "cases"), /^expected\.json$/))
    validateWithin(path.relative(root, file), JSON.parse(fs.readFileSync(file, "utf8")));

// What `rectal-cds audit export` printed, one a line.
const answers = checked.size - own;
for (const file of process.argv.slice(3)) {
    const lines = fs.readFileSync(file, "utf8").split("\n").filter((line) => line);
    const told = new Set(lines.map((line) => JSON.parse(line).outcomeDesc));
    lines.forEach((line, index) => validate(`${path.basename(file)}, line ${index + 1}`, JSON.parse(line)));
    for (const kind of ["evaluation", "feedback", "key rotation", "erasure", "erased"])
        if (!told.has(kind)) { faults += 1; console.log(`${path.basename(file)}: no AuditEvent of kind "${kind}"`); }
    console.log(`${lines.length} AuditEvents`);
}

// A validator that finds nothing wrong here would find nothing anywhere.
const wrong = { resourceType: "PlanDefinition", status: "drafted", title: ["x"], unknown: 1 };
const found = validator.validate(wrong, { errorOnUnexpected: true }).messages.filter((message) => message.severity === "error");
if (found.length < 2) throw new Error("The validator does not notice a wrong resource.");

console.log(`${own} resources of the knowledge and ${answers} of answers, ${faults} faults`);
if (own < 300 || answers < 100) throw new Error("Fewer resources were found than there must be.");
process.exitCode = faults === 0 ? 0 : 1;
