/** The official directory of public services: the last word on a court's name and address. */
export const OFFICIAL_DIRECTORY = 'https://lannuaire.service-public.gouv.fr/';
