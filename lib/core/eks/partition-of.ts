/** The partition of AWS a region belongs to (China, GovCloud, the isolated ones): each has ARNs and host names of its own. */
export type Partition = { id: string; dnsSuffix: string };

export function partitionOf(region: string): Partition {
  return partitions.find(({ regions }) => regions.test(region)) ?? { id: 'aws', dnsSuffix: 'amazonaws.com' };
}

/** Those beside the first, as in botocore/data/partitions.json. */
const partitions = [
  { regions: /^cn-\w+-\d+$/, id: 'aws-cn', dnsSuffix: 'amazonaws.com.cn' },
  { regions: /^us-gov-\w+-\d+$/, id: 'aws-us-gov', dnsSuffix: 'amazonaws.com' },
  { regions: /^eusc-de-\w+-\d+$/, id: 'aws-eusc', dnsSuffix: 'amazonaws.eu' },
  { regions: /^us-iso-\w+-\d+$/, id: 'aws-iso', dnsSuffix: 'c2s.ic.gov' },
  { regions: /^us-isob-\w+-\d+$/, id: 'aws-iso-b', dnsSuffix: 'sc2s.sgov.gov' },
  { regions: /^eu-isoe-\w+-\d+$/, id: 'aws-iso-e', dnsSuffix: 'cloud.adc-e.uk' },
  { regions: /^us-isof-\w+-\d+$/, id: 'aws-iso-f', dnsSuffix: 'csp.hci.ic.gov' },
];
