// Validates a bill of materials against the schema of CycloneDX 1.6; and that a spoilt one is refused.
'use strict';
const fs = require('fs');
const { Spec, Validation } = require('@cyclonedx/cyclonedx-library');

async function main() {
  const text = fs.readFileSync(process.argv[2], 'utf8');
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  const fault = await validator.validate(text);
  if (fault !== null) {
    console.error('not valid CycloneDX 1.6:', JSON.stringify(fault, null, 1).slice(0, 2000));
    return 1;
  }
  const spoilt = JSON.parse(text);
  spoilt.components[0].type = 'invented';
  if ((await validator.validate(JSON.stringify(spoilt))) === null) {
    console.error('the validator accepts anything');
    return 1;
  }
  console.log('valid CycloneDX 1.6');
  return 0;
}

main().then((code) => { process.exitCode = code; }, (error) => { console.error(error); process.exitCode = 1; });
