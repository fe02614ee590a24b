import type {
  AdditionalBirthPermit,
  Application,
  BirthRegistration,
  CertificateReissue,
  Filing,
} from '../../domain/application.ts'

/** Who and where: what the window asks in every matter. */
type WindowFiling = Pick<Filing, 'applicantName' | 'applicantId' | 'phone' | 'regionCode'>

/** The few fields of a case at the window; the rest is not known or not asked. */
export type WindowContent =
  | ({ matter: 'birthRegistration' } & WindowFiling &
      Pick<BirthRegistration, 'registrant' | 'stage' | 'birthDate' | 'childName' | 'earlierChildren' | 'married'>)
  | ({ matter: 'additionalBirthPermit' } & WindowFiling & Omit<AdditionalBirthPermit, keyof Filing>)
  | ({ matter: 'certificateReissue' } & WindowFiling & Omit<CertificateReissue, keyof Filing>)

type Base = Omit<Application, 'matter' | 'content'>

/** The application with this content. `around`: all that is the same in every matter. */
export function windowApplication(content: WindowContent, regionName: string, around: Base): Application {
  // Who stands at the window files for himself; who comes for another person is written down as registrant.
  const place = { regionName, proxy: null }
  switch (content.matter) {
    case 'birthRegistration': {
      const { matter, ...rest } = content
      return { ...around, matter, content: { ...rest, ...place } }
    }
    case 'additionalBirthPermit': {
      const { matter, ...rest } = content
      return { ...around, matter, content: { ...rest, ...place } }
    }
    case 'certificateReissue': {
      const { matter, ...rest } = content
      return { ...around, matter, content: { ...rest, ...place } }
    }
  }
}
