// PatientList: whom a run over a FHIR server judges, kept beside its results, so that a run that goes on judges the
// same.
#pragma once

#include <cstdint>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace rectal_cds::cohort {

class PatientList {
public:
    // `run`: as for the Checkpoint. The file holds ids: only its user may open it.
    PatientList(const std::string& results, std::string run) : file_(results + ".patients"), run_(std::move(run)) {}

    using Faults = std::map<std::string, std::uint64_t>;  // of the list, by what was wrong

    // Calls `take` with every id. Nothing, and nothing was taken, when there is no whole list of this very run.
    std::optional<Faults> read(const std::function<void(const std::string& id)>& take) const;

    bool begin();
    void add(const std::string& id);
    bool finish(const Faults& faults);  // false when anything could not be written
    void remove() const;

private:
    std::optional<Faults> faults_of_whole() const;

    std::string file_, run_;
    std::ofstream stream_;
    std::uint64_t count_ = 0;
};

}  // namespace rectal_cds::cohort
