/** A stored file with a new id and the name that the client sent. */
export interface ReceivedFile {
  id: string;
  /** The last segment of the path. */
  name: string;
  /** Relative, with slashes; the name where the client sent no folder. */
  path: string;
  /** When its content last changed; null where the client did not say. */
  modified: Date | null;
  mediaType: string;
  /** Bytes. */
  size: number;
  sha256: string;
  blobKey: string;
}

export interface ReceivedForm {
  /** By name. */
  fields: Record<string, string>;
  files: ReceivedFile[];
}
