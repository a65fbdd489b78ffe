import { Id } from '@comprimemelo/contracts/identifier';
import Type from 'typebox';

/** A delivery by its webhook and its own id. */
export const DeliveryParams = Type.Object({ id: Id, deliveryId: Id });
