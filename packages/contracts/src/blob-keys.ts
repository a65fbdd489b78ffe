/**
 * The location of a blob: `<area>/<last two hex digits of the id>/<id>`. The end of a UUIDv7 is random, so the
 * middle part spreads blobs evenly over 256 directories.
 */
/** `inspections` holds archive entries, `manifests` the results of jobs with many results; both are NDJSON. */
export const blobAreas = ['uploads', 'results', 'inspections', 'manifests'] as const;
export type BlobArea = (typeof blobAreas)[number];

export const blobKey = (area: BlobArea, id: string): string => `${area}/${id.slice(-2)}/${id}`;

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** Matches exactly the keys that blobKey creates; nothing else can be a key. */
export const blobKeyPattern = `^(?:${blobAreas.join('|')})/[0-9a-f]{2}/${uuid}$`;
