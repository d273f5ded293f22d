/** An identity of the local AWS that may do nothing, for tests of what is said then. */
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import type { ClientConfig } from '../../infra/local/aws/local-aws.ts';

export async function awsStranger(root: ClientConfig): Promise<ClientConfig> {
  const iam = new IAMClient(root);
  try {
    await iam.send(new CreateUserCommand({ UserName: 'stranger' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'stranger' }));
    const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey ?? {};
    return { ...root, credentials: { accessKeyId, secretAccessKey } };
  } finally {
    iam.destroy();
  }
}
