// Kubernetes objects against the API's own schemas, and against what they are there for.
const fs = require('fs');
const objects = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const faults = [];
const must = (holds, what) => { if (!holds) faults.push(what); };

for (const object of objects) {
  const [group, version] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : ['', object.apiVersion];
  const name = `${object.kind} ${object.metadata.name}`;
  try {
    const Model = require(`kubernetes-models/${group ? group + '/' : ''}${version}/${object.kind}`)[object.kind];
    new Model(object).validate();
  } catch (error) {
    faults.push(`${name}: ${error.message}`);
  }
  must(object.metadata.namespace === 'rectal-cds', `${name}: namespace`);
}

const the = kind => objects.find(object => object.kind === kind);
for (const kind of ['Deployment', 'Service', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'NetworkPolicy'])
  must(the(kind), `${kind} is missing`);
const labels = the('Deployment').spec.template.metadata.labels;
const selects = selector => Object.entries(selector).every(([key, value]) => labels[key] === value);
must(selects(the('Service').spec.selector), 'the Service selects no pod');
for (const kind of ['PodDisruptionBudget', 'Deployment']) must(selects(the(kind).spec.selector.matchLabels), `${kind} selects no pod`);
must(selects(the('NetworkPolicy').spec.podSelector.matchLabels), 'the NetworkPolicy selects no pod');
must(the('NetworkPolicy').spec.policyTypes.includes('Egress'), 'egress is open');
must(the('HorizontalPodAutoscaler').spec.scaleTargetRef.name === the('Deployment').metadata.name, 'the autoscaler scales nothing');

const pod = the('Deployment').spec.template.spec;
const container = pod.containers[0];
must(pod.securityContext.runAsNonRoot === true, 'root is allowed');
must(container.securityContext.readOnlyRootFilesystem === true, 'the root can be written');
must(container.securityContext.allowPrivilegeEscalation === false, 'privileges can be gained');
must(container.securityContext.capabilities.drop.includes('ALL'), 'capabilities are kept');
must(container.resources.limits.memory, 'there is no limit of memory');
const ports = container.ports.map(port => port.name);
for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'])
  must(container[probe] && ports.includes(container[probe].httpGet.port), `${probe} asks no port of the container`);
must(pod.terminationGracePeriodSeconds > 25, 'a drain of 20 s and the pause before it need more time');

const job = the('Job').spec;
must(job.completionMode === 'Indexed', 'the pods of the cohort do not know their shards');
must(job.template.spec.containers[0].command.join(' ').includes('$JOB_COMPLETION_INDEX'), 'a pod of the cohort takes no shard');
must(!selects(job.template.metadata.labels), 'the cohort would get calls of the Service');

for (const fault of faults) console.log(fault);
process.exit(faults.length ? 1 : 0);
