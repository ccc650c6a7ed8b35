import { Field, Select, TextField } from '#ui/components/index.ts';
import { iban, siren } from '#ui/format.ts';
import { LEGAL_FORMS, OTHER_FORM } from './creditor.ts';

/** A field of `CreditorForm`, as the pages name it. */
export type QuestionName =
  | 'name'
  | 'siren'
  | 'vatNumber'
  | 'legalForm'
  | 'legalFormOther'
  | 'shareCapitalCents'
  | 'registryCity'
  | 'street'
  | 'postcode'
  | 'city'
  | 'country'
  | 'email'
  | 'phone'
  | 'iban'
  | 'bic'
  | 'signatoryName'
  | 'signatoryRole';

interface Props {
  name: QuestionName;
  value: string | undefined;
  error: string | undefined;
}

/** The question behind each field of the company's identity, the same wherever it is asked. */
export function CompanyQuestion({ name, value, error }: Props) {
  const asked = { name, value, error } as const;
  switch (name) {
    case 'name':
      return (
        <Field
          {...asked}
          label="Nom de l’entreprise"
          hint="Tel qu’il figure sur vos factures. Si vous exercez seul, sans société&#8239;: votre prénom et votre nom."
          autocomplete="organization"
        />
      );
    case 'siren':
      return (
        <Field
          {...asked}
          value={value && siren(value)}
          label="Numéro SIREN"
          hint="Neuf chiffres, sur votre avis de situation Sirene ou en bas de vos factures. Quitus vérifie la clé de contrôle."
          inputmode="numeric"
          width="short"
          optional
        />
      );
    case 'vatNumber':
      return (
        <Field
          {...asked}
          label="Numéro de TVA"
          hint="Par exemple FR suivi de onze chiffres. Rien si vous n’en avez pas."
          width="medium"
          optional
        />
      );
    case 'legalForm':
      return (
        <Select
          {...asked}
          label="Forme juridique"
          placeholder="Choisissez"
          options={[
            ...LEGAL_FORMS.map(([code, label]) => ({ value: code, label })),
            { value: OTHER_FORM, label: 'Une autre forme' },
          ]}
          optional
        />
      );
    case 'legalFormOther':
      return (
        <div class="q-when-other-form">
          <Field
            {...asked}
            label="Laquelle&#8239;?"
            hint="Telle qu’elle doit figurer sur vos lettres, par exemple SCIC."
            width="medium"
          />
        </div>
      );
    case 'shareCapitalCents':
      return (
        <div class="q-when-company">
          <Field
            {...asked}
            label="Capital social, en euros"
            hint="Une société l’écrit sur ses lettres, à côté de sa forme."
            inputmode="decimal"
            width="short"
            optional
          />
        </div>
      );
    case 'registryCity':
      return (
        <Field
          {...asked}
          label="Ville du registre du commerce (RCS)"
          hint="Celle de votre extrait Kbis, par exemple Nantes. Rien si vous n’êtes pas inscrit à ce registre."
          width="medium"
          optional
        />
      );
    case 'street':
      return (
        <TextField {...asked} label="Numéro et rue" hint="Sur deux lignes s’il y a un bâtiment ou un étage." rows={2} optional />
      );
    case 'postcode':
      return <Field {...asked} label="Code postal" autocomplete="postal-code" width="short" optional />;
    case 'city':
      return <Field {...asked} label="Ville" autocomplete="address-level2" width="medium" optional />;
    case 'country':
      return (
        <Field {...asked} label="Pays" hint="Ses deux lettres&#8239;: FR pour la France." autocomplete="country" width="short" />
      );
    case 'email':
      return (
        <Field
          {...asked}
          type="email"
          label="Adresse électronique"
          hint="Votre client peut y répondre."
          autocomplete="email"
          width="medium"
          optional
        />
      );
    case 'phone':
      return <Field {...asked} type="tel" label="Téléphone" autocomplete="tel" width="short" optional />;
    case 'iban':
      return (
        <Field
          {...asked}
          value={value && iban(value)}
          label="IBAN"
          hint="Recopiez-le depuis votre RIB. Quitus vérifie la clé de contrôle."
          width="full"
          optional
        />
      );
    case 'bic':
      return <Field {...asked} label="BIC" hint="Huit ou onze caractères, sur le même RIB." width="short" optional />;
    case 'signatoryName':
      return <Field {...asked} label="Prénom et nom" autocomplete="name" width="medium" optional />;
    case 'signatoryRole':
      return (
        <Field
          {...asked}
          label="Fonction"
          hint="Par exemple gérante ou président. Rien si vous exercez seul."
          autocomplete="organization-title"
          width="medium"
          optional
        />
      );
  }
}
