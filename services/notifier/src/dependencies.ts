import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import type { Publisher } from '@comprimemelo/messaging/publisher';
import type { Logger } from '@comprimemelo/service/process/logger';
import type { MailSender } from './mail-sender.js';
import type { RetryPolicy } from './retry-policy.js';

export interface NotifierDependencies {
  broker: BrokerConnection;
  publisher: Publisher;
  sender: MailSender;
  /** The origin's address, without a trailing slash. */
  publicUrl: string;
  /** Opens what auth has sealed. */
  mailSecretsKey: string;
  logger: Logger;
  retryPolicy?: RetryPolicy;
}
