/** What our plugins use of osls, which has no types of its own. */
import type { S3ClientConfig } from '@aws-sdk/client-s3';

export type Template = { Resources: Record<string, unknown> };

export type Osls = {
  serviceDir: string;
  service: {
    custom: { layer: { file: string; key: string }; auditLogGroups: string };
    provider: { shouldNotDeploy?: boolean; compiledCloudFormationTemplate: Template };
  };
  getProvider(name: 'aws'): {
    getAwsSdkV3Config(): Promise<S3ClientConfig>;
    getServerlessDeploymentBucketName(): Promise<string>;
  };
};
