/** The addresses of the law. */
export const guidePath = '/comprendre';
export const rulePath = (name: string): string => `${guidePath}/${encodeURIComponent(name)}`;
export const ownValuesPath = '/droit/mes-valeurs';
export const ownValuePath = (slug: string): string => `${ownValuesPath}/${slug}`;
export const withdrawPath = (id: string): string => `${ownValuesPath}/${id}/retirer`;
