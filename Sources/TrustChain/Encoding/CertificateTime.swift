package import Canonical
import SwiftASN1

/// A second of civil time (UTC) as certificates write it, from 1950 to 9999.
package struct CertificateTime: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    package let seconds: Int64

    private static let earliest: Int64 = -631_152_000
    private static let latest: Int64 = 253_402_300_799
    private static let startOf2050: Int64 = 2_524_608_000
    private static let secondsADay: Int64 = 86_400

    /// The nearest time within 1950…9999.
    package init(seconds: Int64) {
        self.seconds = min(max(seconds, CertificateTime.earliest), CertificateTime.latest)
    }

    /// The second in which a point of wall-clock time lies.
    package init(_ timestamp: Timestamp) {
        self.init(seconds: Int64(timestamp.seconds))
    }

    /// The time `span` seconds later, at most the end of 9999.
    package func advanced(bySeconds span: Int64) -> CertificateTime {
        let (sum, overflow) = seconds.addingReportingOverflow(span)
        return CertificateTime(seconds: overflow ? (span > 0 ? .max : .min) : sum)
    }

    package static func < (left: CertificateTime, right: CertificateTime) -> Bool { left.seconds < right.seconds }
}

extension CertificateTime {
    /// UTCTime or GeneralizedTime in the one form that RFC 5280 §4.1.2.5 allows each.
    init(_ node: ASN1Node, structure: String) throws(TrustChainError) {
        let isShort = node.identifier == .utcTime
        let text = Array(try node.primitive(isShort ? .utcTime : .generalizedTime, structure: structure))
        guard text.count == (isShort ? 13 : 15), text.last == UInt8(ascii: "Z"),
            let fields = CertificateTime.pairs(text.dropLast()),
            let time = CertificateTime(fields: isShort ? [fields[0] >= 50 ? 19 : 20] + fields : fields)
        else { throw .malformed(structure: structure, reason: "a time that is not (YY)YYMMDDHHMMSSZ") }
        self = time
        guard isShort == (seconds < CertificateTime.startOf2050) else { throw .notDistinguished(structure: structure) }
    }

    func serialize(into serializer: inout DER.Serializer) {
        let isShort = seconds < CertificateTime.startOf2050
        let text = CertificateTime.digits(civil) + "Z"
        serializer.primitive(isShort ? .utcTime : .generalizedTime, isShort ? text.utf8.dropFirst(2) : text.utf8[...])
    }

    private static func pairs(_ digits: ArraySlice<UInt8>) -> [Int64]? {
        guard digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        let values = digits.map { Int64($0 - 0x30) }
        return stride(from: 0, to: values.count - 1, by: 2).map { values[$0] * 10 + values[$0 + 1] }
    }

    /// Century, year, month, day, hour, minute, second.
    private init?(fields: [Int64]) {
        guard fields.count == 7 else { return nil }
        let year = fields[0] * 100 + fields[1]
        guard year >= 1950, (1...12).contains(fields[2]), fields[3] >= 1,
            fields[3] <= CertificateTime.days(inMonth: fields[2], of: year), fields[4] < 24, fields[5] < 60,
            fields[6] < 60
        else { return nil }
        let days = CertificateTime.days(year: year, month: fields[2], day: fields[3])
        self.init(seconds: days * CertificateTime.secondsADay + fields[4] * 3600 + fields[5] * 60 + fields[6])
    }

    private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        switch month {
        case 2: return isLeap ? 29 : 28
        case 4, 6, 9, 11: return 30
        default: return 31
        }
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar; years count from March so that the leap day is last.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let marchYear = month > 2 ? year : year - 1
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return 365 * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
    }

    private var civil: [Int64] {
        let shifted = seconds + 719_468 * CertificateTime.secondsADay
        let (day, second) = shifted.quotientAndRemainder(dividingBy: CertificateTime.secondsADay)
        let (era, dayOfEra) = day.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return [
            year / 100, year % 100, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1, second / 3600,
            second % 3600 / 60, second % 60,
        ]
    }

    private static func digits(_ fields: [Int64]) -> String {
        fields.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
    }
}

extension CertificateTime: CustomStringConvertible {
    /// RFC 3339: `2026-11-24T20:00:00Z`.
    package var description: String {
        let parts = civil.map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(parts[0])\(parts[1])-\(parts[2])-\(parts[3])T\(parts[4]):\(parts[5]):\(parts[6])Z"
    }
}
